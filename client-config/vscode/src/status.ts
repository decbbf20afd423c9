// The status bar: which techniques the prompt in the active editor asks for, and about how long it is.

import * as vscode from "vscode";
import { isOurs } from "./documents";
import type { Session } from "./session";

/** What the server says of a prompt. */
interface Status {
  readonly techniques: readonly { readonly id: string; readonly name: string }[];
  readonly tokens: number;
}

/** Milliseconds without a change after which the server is asked again. */
const PAUSE = 400;
/** So many techniques are named; of more the number is told. */
const NAMED = 3;

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("thoughtsmith.status", vscode.StatusBarAlignment.Right, 90);
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {
    this.item.name = "Thoughtsmith";
    this.item.command = "thoughtsmith.insertTechnique";
    this.subscriptions = [
      this.item,
      session.onDidChange(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.later();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), PAUSE);
  }

  private async update(): Promise<void> {
    clearTimeout(this.timer);
    const document = vscode.window.activeTextEditor?.document;
    const status = document && isOurs(document) ? await this.ask(document.uri) : undefined;
    // Another document may have become the active one meanwhile; it asks for itself.
    if (document !== vscode.window.activeTextEditor?.document) return;
    if (status) this.show(status);
    else this.item.hide();
  }

  private async ask(document: vscode.Uri): Promise<Status | null | undefined> {
    const client = this.session.client;
    try {
      return await client?.sendRequest("workspace/executeCommand", {
        command: "thoughtsmith.status",
        arguments: [client.code2ProtocolConverter.asUri(document)],
      });
    } catch {
      // An older server on the PATH does not know the question.
      return undefined;
    }
  }

  private show({ techniques, tokens }: Status): void {
    const ids = techniques.map(({ id }) => id);
    const named = ids.length > NAMED ? vscode.l10n.t("{0} techniques", ids.length) : ids.join(", ");
    const count = tokens.toLocaleString(vscode.env.language);
    this.item.text = `$(lightbulb-sparkle) ${named ? `${named} · ` : ""}≈${count}`;
    const lines = [
      vscode.l10n.t("About {0} tokens, estimated without a tokenizer", count),
      "",
      techniques.length ? vscode.l10n.t("Techniques in this prompt:") : vscode.l10n.t("No techniques in this prompt"),
      ...techniques.map(({ id, name }) => `- ${name} (\`${id}\`)`),
      "",
      vscode.l10n.t("Click to insert one"),
    ];
    this.item.tooltip = new vscode.MarkdownString(lines.join("\n"));
    this.item.show();
  }
}
