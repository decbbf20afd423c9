;;; thoughtsmith.el --- Prompt files with the Thoughtsmith language server  -*- lexical-binding: t -*-

;; Emacs 29 or newer, with its own LSP client, Eglot.  Put this into your init file.
;; If the package yasnippet is installed, inserted blocks have fields to fill in; otherwise they are plain text.
;; Type `bon' and C-M-i for a block, M-x eldoc for an explanation, M-x eglot-code-actions for what can be inserted.

(require 'eglot)

;; Prompts get a mode of their own, so that other Markdown and text files keep the server that they have.
;; Markdown support is a package; without it prompts are edited as plain text.
(defalias 'thoughtsmith-parent-mode
  (if (require 'markdown-mode nil t) 'markdown-mode 'text-mode))

(define-derived-mode thoughtsmith-prompt-mode thoughtsmith-parent-mode "Prompt"
  "Major mode for prompts, which are read by a language model.
Use it in any other file that you want Thoughtsmith's help with.")

(dolist (name '("\\.\\(?:prompt\\|instructions\\|agent\\|chatmode\\)\\.md\\'"
                "\\.mdc\\'"
                "/\\(?:SKILL\\|CLAUDE\\|CLAUDE\\.local\\|AGENTS\\|GEMINI\\|copilot-instructions\\)\\.md\\'"
                "/\\.claude/\\(?:agents\\|commands\\|output-styles\\|rules\\)/.*\\.md\\'"
                "/prompts/.*\\.\\(?:md\\|txt\\)\\'"))
  (add-to-list 'auto-mode-alist (cons name 'thoughtsmith-prompt-mode)))

;; Blocks come with their indentation and are inserted as they are.  The server has to be told so: it takes the
;; indentation of the line off for editors that add it themselves.
(defclass thoughtsmith-server (eglot-lsp-server) ())

(cl-defmethod eglot-client-capabilities ((_server thoughtsmith-server))
  (let* ((capabilities (cl-call-next-method))
         (completion (plist-get (plist-get capabilities :textDocument) :completion)))
    (plist-put completion :completionItem
               (append '(:insertTextModeSupport (:valueSet [1])) (plist-get completion :completionItem)))
    capabilities))

;; The server knows a prompt by its file name; a file that no name makes a prompt is Markdown to it.
(add-to-list 'eglot-server-programs
             '((thoughtsmith-prompt-mode :language-id "markdown") . (thoughtsmith-server "thoughtsmith" "server")))

(defun thoughtsmith-start ()
  "Start or join the server for this buffer."
  ;; Eglot tells the server whether blocks may have fields, so this comes first.
  (when (require 'yasnippet nil t)
    (yas-minor-mode 1)
    ;; Yasnippet's own indentation would pull the items of a nested list to the left.
    (setq-local yas-indent-line 'nothing))
  (eglot-ensure))

(add-hook 'thoughtsmith-prompt-mode-hook #'thoughtsmith-start)

;; Settings, if you want any:
;; (setq-default eglot-workspace-configuration '(:thoughtsmith (:language "en" :n 5 :locale "en")))

(provide 'thoughtsmith)
;;; thoughtsmith.el ends here
