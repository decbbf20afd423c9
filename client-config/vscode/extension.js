// Starts the Thoughtsmith language server, and shows all techniques where a menu has room for a few only.

const vscode = require("vscode");
const { LanguageClient, State } = require("vscode-languageclient/node");

const LANGUAGES = ["markdown", "plaintext", "prompt", "instructions", "chatagent", "skill"];
const PICK_TECHNIQUE = "thoughtsmith.pickTechnique";

let client;

class Client extends LanguageClient {
  // A failed start is reported by `start`, which knows what to do about it; a second message would only be noise.
  error(message, data, show) {
    super.error(message, data, this.state === State.StartFailed ? false : show);
  }
}

async function start() {
  await client?.stop().catch(() => {}); // One that never started cannot be stopped.
  const command = vscode.workspace.getConfiguration("thoughtsmith").get("path");
  client = new Client("thoughtsmith", "Thoughtsmith", { command, args: ["server"] }, {
    // Only documents that can be edited: not the old side of a comparison, not an output panel.
    documentSelector: LANGUAGES.flatMap((language) => [{ scheme: "file", language }, { scheme: "untitled", language }]),
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
  } catch (error) {
    const hint = "Install it with `pip install thoughtsmith`, or give its full path in the setting `thoughtsmith.path`.";
    const message = `Thoughtsmith: the command \`${command}\` cannot be started. ${hint}`;
    const chosen = await vscode.window.showErrorMessage(message, "Open Setting", "Show Log");
    if (chosen === "Open Setting") await vscode.commands.executeCommand("workbench.action.openSettings", "thoughtsmith.path");
    if (chosen === "Show Log") client.outputChannel.show();
  }
}

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
  context.subscriptions.push(
    vscode.commands.registerCommand(PICK_TECHNIQUE, pickTechnique),
    // The server is told once whether it may read the workspace's own techniques.
    vscode.workspace.onDidGrantWorkspaceTrust(start),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("thoughtsmith.path") && start()),
  );
  await start();
};

exports.deactivate = () => client?.stop();
