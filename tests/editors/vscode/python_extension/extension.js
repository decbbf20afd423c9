// What other extensions use of Microsoft's Python extension. A test chooses the Python by a command.

const vscode = require("vscode");

exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  let active = process.env.THOUGHTSMITH_TEST_PYTHON;
  context.subscriptions.push(
    changed,
    vscode.commands.registerCommand("python.choose", (path) => {
      active = path;
      changed.fire({ path });
    }),
  );
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ id: active, path: active }),
      resolveEnvironment: async ({ path }) => (path ? { executable: { uri: vscode.Uri.file(path) } } : undefined),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
