// A new prompt out of several techniques, with the selected text as its task.

import * as vscode from "vscode";
import type { Client } from "./client";
import { techniques } from "./topics";

/** Lets the user choose techniques and opens the prompt that they make; the file that is open stays as it is. */
export async function composeNew(client: Client, task: string): Promise<void> {
  const chosen = await vscode.window.showQuickPick(techniques(client), {
    title: vscode.l10n.t("Compose a new prompt"),
    placeHolder: vscode.l10n.t("Choose the techniques; they are put into a sensible order"),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen?.length) return;
  const { text } = await client.sendRequest<{ text: string }>("workspace/executeCommand", {
    command: "thoughtsmith.compose",
    arguments: [chosen.map(({ id }) => id), task],
  });
  const known = await vscode.languages.getLanguages();
  const language = known.includes("prompt") ? "prompt" : "markdown";
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content: text }));
}
