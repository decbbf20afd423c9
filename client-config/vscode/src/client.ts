// The connection to the server, and what of its answers VS Code does not need.

import * as vscode from "vscode";
import { LanguageClient, State, type StaticFeature } from "vscode-languageclient/node";
import { keepsToItself, Repeats } from "./builtIn";
import { selector } from "./documents";
import type { Server } from "./server";

/** The command that the server offers as "More techniques…" to clients that say that they have it. */
export const PICK_TECHNIQUE = "thoughtsmith.pickTechnique";

export class Client extends LanguageClient {
  private readonly repeats: Repeats;

  constructor(server: Server, log: vscode.LogOutputChannel) {
    const { command, args } = server;
    const repeats = new Repeats(() => (this.isRunning() ? this : undefined));
    super("thoughtsmith", "Thoughtsmith", { command, args: [...args] }, {
      documentSelector: selector(),
      outputChannel: log,
      initializationOptions: { workspaceTrusted: vscode.workspace.isTrusted },
      // Who started it is told by an exception.
      initializationFailedHandler: () => false,
      middleware: {
        provideDocumentSymbols: async (document, token, next) => {
          const symbols = (await next(document, token)) ?? [];
          return outlinedByEditor(document) ? techniques(symbols) : symbols;
        },
        provideCompletionItem: (document, position, context, token, next) =>
          keepsToItself(document, position) ? [] : next(document, position, context, token),
        provideHover: (document, position, token, next) =>
          keepsToItself(document, position) ? undefined : next(document, position, token),
        provideDiagnostics: async (document, previousResultId, token, next) => {
          if (!repeats.concerns(document)) return next(document, previousResultId, token);
          // "As before" would not do: what VS Code has found may be another thing than before.
          const report = await next(document, undefined, token);
          return report && repeats.without(document, report);
        },
      },
    });
    this.repeats = repeats;
    this.registerFeature(COMMANDS);
  }

  override async stop(timeout?: number): Promise<void> {
    this.repeats.dispose();
    await super.stop(timeout);
  }

  // A failed start is reported by who started it and knows what to do about it; a second message would only be noise.
  override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
    const fails = this.state === State.Starting || this.state === State.StartFailed;
    super.error(message, data, fails ? false : showNotification);
  }
}

const COMMANDS: StaticFeature = {
  // The server's commands are asked by us, not registered: one that is called like ours would keep the client from starting.
  preInitialize(capabilities) {
    delete capabilities.executeCommandProvider;
  },
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...capabilities.experimental, commands: { commands: [PICK_TECHNIQUE] } };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

/** VS Code outlines Markdown by its headings and would show each a second time: there only the techniques are news. */
function outlinedByEditor(document: vscode.TextDocument): boolean {
  return ["markdown", "prompt", "instructions", "chatagent", "skill"].includes(document.languageId);
}

type Symbols = vscode.DocumentSymbol[] | vscode.SymbolInformation[];

/** The techniques among symbols that headings and tags hold. */
function techniques(symbols: Symbols): vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) => {
    if (!("children" in symbol)) return [];
    return symbol.kind === vscode.SymbolKind.Function ? [symbol] : techniques(symbol.children);
  });
}
