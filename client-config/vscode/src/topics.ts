// What can be explained, as lists to choose from.

import type * as vscode from "vscode";
import type { Client } from "./client";

/** An entry of the list that the server gives. */
interface Topic {
  readonly id: string;
  readonly name: string;
  readonly kind: "technique" | "recipe" | "knowledge" | "rule";
  readonly summary: string;
}

export interface Item extends vscode.QuickPickItem {
  readonly id: string;
}

const ICONS = { technique: "lightbulb", recipe: "layers", knowledge: "mortar-board", rule: "checklist" };

export async function topics(client: Client): Promise<Item[]> {
  return (await ask(client)).map(item);
}

export async function techniques(client: Client): Promise<Item[]> {
  return (await ask(client)).filter(({ kind }) => kind === "technique").map(item);
}

function ask(client: Client): Promise<Topic[]> {
  return client.sendRequest("workspace/executeCommand", { command: "thoughtsmith.topics", arguments: [] });
}

function item({ id, name, kind, summary }: Topic): Item {
  return { label: `$(${ICONS[kind]}) ${name}`, description: id, detail: summary, id };
}
