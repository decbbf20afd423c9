// What the server can insert at a place: its code actions for techniques and recipes, worked out.

import type * as vscode from "vscode";
import {
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageclient/node";
import type { Client } from "./client";

/** A block that can be inserted, or put around a selection. */
export interface Offer {
  readonly title: string;
  /** The id of its technique or recipe. */
  readonly id: string;
  /** What would be written, and where, from top to bottom. */
  readonly texts: readonly { readonly range: vscode.Range; readonly text: string }[];
  /** Writes it, as one step that can be undone. */
  readonly edit: vscode.WorkspaceEdit;
}

export type Family = "technique" | "recipe";

/** The offers for a place. The server is asked itself: of the editor one cannot learn what tab stops are made of. */
export async function findOffers(
  client: Client,
  document: vscode.Uri,
  place: vscode.Range,
  families: readonly Family[],
): Promise<Offer[]> {
  const actions = await client.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: client.code2ProtocolConverter.asUri(document) },
    range: client.code2ProtocolConverter.asRange(place),
    context: { diagnostics: [], only: families.map((family) => `refactor.rewrite.${family}`) },
  });
  const wanted = (actions ?? []).filter((action): action is CodeAction => !("arguments" in action));
  return Promise.all(wanted.map((action) => offer(client, action)));
}

async function offer(client: Client, action: CodeAction): Promise<Offer> {
  const { title, kind, edit } = await client.sendRequest(CodeActionResolveRequest.type, action);
  if (edit === undefined) throw new Error(`The server does not say how it would do "${title}".`);
  const converter = client.protocol2CodeConverter;
  const texts = textEdits(edit).map((one) => ({
    range: converter.asRange(one.range),
    text: "snippet" in one ? plain(one.snippet.value) : one.newText,
  }));
  texts.sort((one, other) => one.range.start.compareTo(other.range.start));
  return { title, id: kind?.split(".").pop() ?? "", texts, edit: await converter.asWorkspaceEdit(edit) };
}

function textEdits(edit: WorkspaceEdit): (TextEdit | SnippetTextEdit)[] {
  return (edit.documentChanges ?? []).flatMap((change) => ("edits" in change ? change.edits : []));
}

/** A snippet as it looks before anything is filled in. */
function plain(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:((?:\\.|[^\\}])*)\}|\$\{?\d+\}?/g, (_all, shown: string | undefined) => shown ?? "")
    .replace(/\\([$}\\])/g, "$1");
}
