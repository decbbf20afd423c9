// Starts the Thoughtsmith language server, and shows all techniques where a menu has room for a few only.

const vscode = require("vscode");
const { LanguageClient, State } = require("vscode-languageclient/node");

const LANGUAGES = ["markdown", "plaintext", "prompt", "instructions", "chatagent", "skill"];
/** Prompts that VS Code has no language for, or one that says nothing of prompts. */
const PATTERNS = [
  "**/*.{mdc,prompty,prompt,poml,j2,jinja,jinja2}",
  "**/promptfooconfig*.{yaml,yml,json}",
  "**/*.prompt.{yaml,yml}",
];
const PICK_TECHNIQUE = "thoughtsmith.pickTechnique";

let log;
let client;
let settled = Promise.resolve();

class Client extends LanguageClient {
  // A failed start is reported by `start`, which knows what to do about it; a second message would only be noise.
  error(message, data, show) {
    super.error(message, data, this.state === State.StartFailed ? false : show);
  }
}

// One that never started cannot be stopped, and need not be.
const stop = async () => client?.stop().catch(() => {});

// The techniques among symbols that headings and tags hold.
const techniques = (symbols) =>
  symbols.flatMap((symbol) => (symbol.kind === vscode.SymbolKind.Function ? [symbol] : techniques(symbol.children ?? [])));

async function start() {
  await stop();
  const command = vscode.workspace.getConfiguration("thoughtsmith").get("path");
  client = new Client("thoughtsmith", "Thoughtsmith", { command, args: ["server"] }, {
    // Only documents that can be edited: not the old side of a comparison, not an output panel.
    documentSelector: [
      ...LANGUAGES.flatMap((language) => [{ scheme: "file", language }, { scheme: "untitled", language }]),
      ...PATTERNS.map((pattern) => ({ scheme: "file", pattern })),
    ],
    outputChannel: log,
    middleware: {
      // VS Code outlines Markdown itself, and would show every heading a second time: only the techniques are news.
      provideDocumentSymbols: async (document, token, next) => {
        const symbols = (await next(document, token)) ?? [];
        return document.languageId === "plaintext" ? symbols : techniques(symbols);
      },
    },
    initializationOptions: { workspaceTrusted: vscode.workspace.isTrusted },
  });
  client.registerFeature({
    // The server offers "More techniques…" only to clients that say that they have the command for it.
    fillClientCapabilities(capabilities) {
      capabilities.experimental = { ...capabilities.experimental, commands: { commands: [PICK_TECHNIQUE] } };
    },
    initialize() {},
    getState: () => ({ kind: "static" }),
    clear() {},
  });
  try {
    await client.start();
  } catch {
    const hint = "Install it as its README says, or give its full path in the setting thoughtsmith.path.";
    const message = `Thoughtsmith: the command "${command}" cannot be started. ${hint}`;
    // Nothing waits for the answer: it may never come.
    vscode.window.showErrorMessage(message, "Open Setting", "Show Log").then((chosen) => {
      if (chosen === "Open Setting") vscode.commands.executeCommand("workbench.action.openSettings", "thoughtsmith.path");
      if (chosen === "Show Log") log.show();
    });
  }
}

// One after the other, since a setting can change while the server is still starting.
const restart = () => (settled = settled.then(start));

// Without arguments, as from the command palette, it works on the selection.
async function pickTechnique(uri, range) {
  const editor = vscode.window.activeTextEditor;
  const target = uri ? client.protocol2CodeConverter.asUri(uri) : editor?.document.uri;
  const where = range ? client.protocol2CodeConverter.asRange(range) : editor?.selection;
  if (!target || !where) return;
  // The number is that of the actions to work out at once: all of them, since only those can be applied.
  const actions = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", target, where, "refactor", 100);
  const ours = actions.filter((action) => /^refactor\.rewrite\.(technique|recipe)\./.test(action.kind?.value));
  const items = ours.map((action) => ({ label: action.title, description: action.kind.value.split(".").pop(), action }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Thoughtsmith", matchOnDescription: true });
  if (chosen) await vscode.workspace.applyEdit(chosen.action.edit);
}

exports.activate = async (context) => {
  log = vscode.window.createOutputChannel("Thoughtsmith", { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand(PICK_TECHNIQUE, pickTechnique),
    // The server is told once whether it may read the workspace's own techniques.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("thoughtsmith.path") && restart()),
  );
  await restart();
};

exports.deactivate = stop;
