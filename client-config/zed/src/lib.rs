//! Starts the language server for Zed and hands it the settings that Zed has for it.

use zed_extension_api::{
    self as zed, serde_json, settings::LspSettings, LanguageServerId, Result, Worktree,
};

const SERVER: &str = "thoughtsmith";

struct Thoughtsmith;

impl zed::Extension for Thoughtsmith {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        let chosen = LspSettings::for_worktree(SERVER, worktree)
            .ok()
            .and_then(|settings| settings.binary);
        let (path, arguments) =
            chosen.map_or((None, None), |binary| (binary.path, binary.arguments));
        // A path that is not absolute would be looked for beside the extension.
        let command = path
            .map(|path| worktree.which(&path).unwrap_or(path))
            .or_else(|| worktree.which(SERVER))
            .ok_or("thoughtsmith is not on the PATH; name it in the settings, under lsp.thoughtsmith.binary.path")?;
        Ok(zed::Command {
            command,
            args: arguments.unwrap_or_else(|| vec!["server".into()]),
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        _id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(SERVER, worktree)?.settings;
        Ok(Some(
            serde_json::json!({ "thoughtsmith": settings.unwrap_or(serde_json::json!({})) }),
        ))
    }
}

zed::register_extension!(Thoughtsmith);
