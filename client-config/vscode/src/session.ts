// The running server: started, stopped and started anew, one after the other.

import * as vscode from "vscode";
import { Client } from "./client";
import { findServer, NoServerError, type Server } from "./server";

const DOWNLOADS = "https://www.python.org/downloads/";

export class Session implements vscode.Disposable {
  private current: Client | undefined;
  private server: Server | undefined;
  private problem: [message: string, setting: "path" | "interpreter"] | undefined;
  private settled: Promise<unknown> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<void>();
  /** A server has come up or gone. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The connection, if there is a server that runs. */
  get client(): Client | undefined {
    return this.current?.isRunning() ? this.current : undefined;
  }

  restart(): Promise<void> {
    return this.next(() => this.start());
  }

  /** Starts anew if another server would be started now than the one that runs. */
  reconsider(): Promise<void> {
    return this.next(async () => {
      const found = await findServer(this.extension).catch(() => undefined);
      if (JSON.stringify(found) !== JSON.stringify(this.server)) await this.start();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** One after the other, since a setting can change while the server is still starting. */
  private next(step: () => Promise<void>): Promise<void> {
    const done = this.settled.then(step);
    this.settled = done.catch((error: unknown) => this.log.error(String(error)));
    return done;
  }

  private async end(): Promise<void> {
    const client = this.current;
    this.current = this.server = undefined;
    // One that never started cannot be stopped, and need not be.
    await client?.stop().catch(() => {});
    this.changed.fire();
  }

  /** Says why there is no server to ask: it has not come up yet, or cannot. */
  explainAbsence(): void {
    if (this.problem) this.explain(...this.problem);
    else void vscode.window.showInformationMessage(vscode.l10n.t("The Thoughtsmith server is still starting."));
  }

  private async start(): Promise<void> {
    await this.end();
    this.problem = undefined;
    try {
      this.server = await findServer(this.extension);
    } catch (error) {
      if (!(error instanceof NoServerError)) throw error;
      this.log.error(error.message);
      this.explain(error.message, error.setting);
      return;
    }
    const { command, args, origin } = this.server;
    this.log.info(`Starting the server (${origin}): ${[command, ...args].join(" ")}`);
    this.current = new Client(this.server, this.log);
    try {
      await this.current.start();
      this.changed.fire();
    } catch {
      const setting = origin === "bundled" ? "interpreter" : "path";
      this.explain(vscode.l10n.t('The Thoughtsmith server "{0}" cannot be started.', command), setting);
    }
  }

  /** Says what is wrong and what can be done. Nothing waits for the answer: it may never come. */
  private explain(message: string, setting: "path" | "interpreter"): void {
    this.problem = [message, setting];
    const openSetting = vscode.l10n.t("Open Setting");
    const getPython = vscode.l10n.t("Get Python");
    const retry = vscode.l10n.t("Try Again");
    const showLog = vscode.l10n.t("Show Log");
    const actions = setting === "interpreter" ? [getPython, openSetting, retry] : [openSetting, retry, showLog];
    void vscode.window.showErrorMessage(message, ...actions).then((chosen) => {
      if (chosen === openSetting) void vscode.commands.executeCommand("workbench.action.openSettings", `thoughtsmith.${setting}`);
      if (chosen === getPython) void vscode.env.openExternal(vscode.Uri.parse(DOWNLOADS));
      if (chosen === retry) void this.restart();
      if (chosen === showLog) this.log.show();
    });
  }
}
