// What happens when the extension is woken up, and what its commands do.

import * as vscode from "vscode";
import { PICK_TECHNIQUE } from "./client";
import { composeNew } from "./compose";
import { onEnvironmentChange } from "./environment";
import { Explanations } from "./explain";
import type { Family } from "./offers";
import { pick } from "./pick";
import { Session } from "./session";
import { StatusBar } from "./status";

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Thoughtsmith", { log: true });
  const running = (session = new Session(context.extensionUri, log));
  const explanations = new Explanations(running);

  const insert = async (families: readonly Family[], uri?: string, range?: ProtocolRange): Promise<void> => {
    const client = running.client;
    if (!client) return running.explainAbsence();
    const editor = vscode.window.activeTextEditor;
    const document = uri === undefined ? editor?.document.uri : vscode.Uri.parse(uri, true);
    const place = range === undefined ? editor?.selection : toRange(range);
    if (document && place) await pick(client, { document, place, families, explain: explanations.show });
  };

  const compose = async (): Promise<void> => {
    const client = running.client;
    if (!client) return running.explainAbsence();
    const editor = vscode.window.activeTextEditor;
    const task = editor?.document.getText(editor.selection) ?? "";
    const more = {
      label: vscode.l10n.t("Choose techniques…"),
      detail: vscode.l10n.t("A new prompt out of several techniques, with the selected text as its task"),
      run: () => composeNew(client, task),
    };
    if (!editor) return more.run();
    const { document, selection } = editor;
    await pick(client, { document: document.uri, place: selection, families: ["recipe"], explain: explanations.show, more });
  };

  context.subscriptions.push(
    log,
    running,
    new StatusBar(running),
    explanations.register(),
    vscode.commands.registerCommand("thoughtsmith.insertTechnique", () => insert(["technique"])),
    vscode.commands.registerCommand("thoughtsmith.composePrompt", compose),
    vscode.commands.registerCommand("thoughtsmith.showExplanation", () => explanations.choose()),
    vscode.commands.registerCommand("thoughtsmith.restartServer", () => running.restart()),
    vscode.commands.registerCommand("thoughtsmith.showOutput", () => log.show()),
    vscode.commands.registerCommand(PICK_TECHNIQUE, (uri?: string, range?: ProtocolRange) =>
      insert(["technique", "recipe"], uri, range),
    ),
    // The server is told once whether it may read the workspace's own techniques.
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => running.reconsider()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      // Which files are prompts is told to VS Code at the start.
      if (event.affectsConfiguration("thoughtsmith.formats")) void running.restart();
      else if (event.affectsConfiguration("thoughtsmith.path") || event.affectsConfiguration("thoughtsmith.interpreter")) {
        void running.reconsider();
      }
    }),
  );
  await running.restart();
  const environment = await onEnvironmentChange(() => void running.reconsider());
  if (environment) context.subscriptions.push(environment);
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

/** A range as the protocol writes it. */
type ProtocolRange = Record<"start" | "end", { readonly line: number; readonly character: number }>;

function toRange({ start, end }: ProtocolRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
