;;; thoughtsmith.el --- Write prompts with the Thoughtsmith language server  -*- lexical-binding: t; -*-

;; Author: Thoughtsmith contributors
;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1") (eglot "1.17.30"))
;; Keywords: languages, tools, convenience

;; This file is not part of GNU Emacs.

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Techniques that make a language model reason better, while you write the prompt: explained, inserted and checked.
;; Put this file into a folder of your `load-path' and (require 'thoughtsmith) into your init file, or install it with
;; M-x package-install-file.  Emacs 30 has the Eglot that this needs; Emacs 29 gets it from GNU ELPA.
;;
;; Prompt files (*.prompt.md, SKILL.md, CLAUDE.md, *.prompty, promptfooconfig.yaml …) get a mode of their own, which is
;; your mode for Markdown, YAML, XML or JSON with the server; so do thoughtsmith.toml and .thoughtsmith.toml.  All other
;; files keep what they have.
;;
;;   C-M-i                    after a name (bon, cot, «пошагово» …) where a block can begin, or after "/" there, shows
;;                            what can be inserted; M-<down> and M-RET choose, or whatever completes for you by itself;
;;                            with the package yasnippet, TAB goes through what is to be filled in
;;   M-x thoughtsmith-insert  offers all techniques and recipes; for the region, makes it the task of one
;;   M-x thoughtsmith-explain, M-x thoughtsmith-compose
;;   M-x eglot-code-actions   mends what is marked as wrong, and more
;;   M-x eldoc                explains what is under the cursor
;;   M-x eglot-rename, M-.    rename a variable, go to its definition or to the file that is included
;;   M-x eglot-reconnect      starts the server anew
;;   M-x customize-group RET thoughtsmith
;;
;; It works with lsp-mode as well: (setq thoughtsmith-client 'lsp-mode).  There C-M-i by itself finds only what begins
;; like the word before the cursor; with Company, which lsp-mode sets up, or Corfu you see everything.

;;; Code:

(require 'eglot)
(require 'map)
(require 'seq)

(declare-function lsp-deferred "ext:lsp-mode")
(declare-function lsp-execute-code-action-by-kind "ext:lsp-mode")
(declare-function lsp-configuration-section "ext:lsp-mode")
(declare-function lsp-register-client "ext:lsp-mode")
(declare-function lsp-register-custom-settings "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function lsp--set-configuration "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")
(declare-function yas-expand-snippet "ext:yasnippet")
(declare-function yas-minor-mode "ext:yasnippet")
(defvar lsp-language-id-configuration)
(defvar yas-indent-line)

;;; What can be set

(defgroup thoughtsmith nil
  "Prompts with the Thoughtsmith language server."
  :group 'tools
  :prefix "thoughtsmith-")

(defcustom thoughtsmith-command '("thoughtsmith")
  "The program and what it is always given, before `server' or another command."
  :type '(repeat string))

(defcustom thoughtsmith-client 'eglot
  "What talks to the server in prompt files."
  :type '(choice (const :tag "Eglot" eglot)
                 (const :tag "lsp-mode" lsp-mode)
                 (const :tag "Nothing until it is started by hand" nil)))

(defun thoughtsmith--set (option value)
  "Set OPTION to VALUE and tell the servers that run."
  (set-default-toplevel-value option value)
  (when (fboundp 'thoughtsmith-update-settings)
    (thoughtsmith-update-settings)))

;; What the server itself can be told.  Nil leaves an option to the user's and the project's config files.

(defcustom thoughtsmith-language nil
  "Language of inserted text; auto follows the prompt around the cursor."
  :type '(choice (const :tag "Not set here" nil) (const "auto") (const "en") (const "ru"))
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-style nil
  "How blocks are written; auto follows the prompt around the cursor."
  :type '(choice (const :tag "Not set here" nil)
                 (const "auto") (const "list") (const "heading") (const "xml") (const "plain"))
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-n nil
  "Number of candidates or samples in inserted blocks, from 2 to 10.
Each technique has its own default."
  :type '(choice (const :tag "Not set here" nil) (natnum :match (lambda (_widget value) (<= 2 value 10))))
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-model nil
  "Id of the model that the prompts are for.
It shows whether that model reasons by itself."
  :type '(choice (const :tag "Not set here" nil) string)
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-select nil
  "Rules that are on besides the default ones.
They are ids, names, groups, beginnings of ids, or all."
  :type '(repeat string)
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-ignore nil
  "Rules that are off; wins over `thoughtsmith-select'."
  :type '(repeat string)
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-severity nil
  "How bad the findings of rules are, by id, name or group of the rule."
  :type '(alist :key-type string
                :value-type (choice (const "error") (const "warning") (const "info") (const "hint")))
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-locale nil
  "Language of messages and explanations; auto follows the editor."
  :type '(choice (const :tag "Not set here" nil) (const "auto") (const "en") (const "ru"))
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-formats nil
  "Formats of files whose names do not tell, by pattern as in .gitignore.
The last that matches counts.  Such files are prompts."
  :type '(alist :key-type string
                :value-type (choice (const "skill") (const "prompt-md") (const "instructions") (const "agent")
                                    (const "chatmode") (const "claude-command") (const "claude-agent")
                                    (const "claude-rule") (const "output-style") (const "memory")
                                    (const "promptfoo") (const "prompt-yaml") (const "prompt-data")
                                    (const "cursor-rule") (const "prompty") (const "dotprompt") (const "poml")
                                    (const "jinja") (const "markdown") (const "plain-text")))
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-skill-profiles nil
  "Tools that the skills (SKILL.md) are for; all tools if empty.
Only their keys are offered, and spec allows no others."
  :type '(repeat (choice (const "spec") (const "claude") (const "copilot") (const "codex")))
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-diagnostics nil
  "Which files an editor that asks for it is told of.
It is all prompts of the workspace, or open ones only."
  :type '(choice (const :tag "Not set here" nil) (const "workspace") (const "open-files"))
  :set #'thoughtsmith--set)

(defcustom thoughtsmith-docs nil
  "Address of a rule's page, for editors and reports to link to.
{id}, {name} and {lang} are filled in."
  :type '(choice (const :tag "Not set here" nil) string)
  :set #'thoughtsmith--set)

(defconst thoughtsmith--options
  '(language style n model select ignore severity locale formats skill-profiles diagnostics docs)
  "The names of the options of the server.")

(defun thoughtsmith--value (option)
  "The value of OPTION, a symbol, as JSON takes it; nil if it is not set."
  (let ((value (symbol-value (intern (format "thoughtsmith-%s" option)))))
    (cond ((not (consp value)) value)
          ((consp (car value)) (mapcan (pcase-lambda (`(,key . ,word)) (list (intern (concat ":" key)) word)) value))
          (t (vconcat value)))))

(defun thoughtsmith--settings ()
  "The options that are set, as a plist."
  (mapcan (lambda (option)
            (when-let* ((value (thoughtsmith--value option)))
              (list (intern (format ":%s" option)) value)))
          (copy-sequence thoughtsmith--options)))

;;; Modes

;; Markdown and YAML are packages; without them such prompts are edited as plain text.
(defalias 'thoughtsmith--markdown-parent-mode
  (if (require 'markdown-mode nil t) 'markdown-mode 'text-mode))
(defalias 'thoughtsmith--yaml-parent-mode
  (cond ((require 'yaml-mode nil t) 'yaml-mode)
        ((and (fboundp 'treesit-ready-p) (treesit-ready-p 'yaml t)) 'yaml-ts-mode)
        (t 'text-mode)))

(defalias 'thoughtsmith--toml-parent-mode
  (if (and (fboundp 'treesit-ready-p) (treesit-ready-p 'toml t)) 'toml-ts-mode 'conf-toml-mode))

;;;###autoload
(define-derived-mode thoughtsmith-prompt-mode thoughtsmith--markdown-parent-mode "Prompt"
  "Major mode for prompts, which are read by a language model.
Use it in any other file that you want Thoughtsmith's help with."
  (thoughtsmith--start))

;;;###autoload
(define-derived-mode thoughtsmith-yaml-mode thoughtsmith--yaml-parent-mode "Prompt[YAML]"
  "Major mode for YAML that holds prompts."
  (thoughtsmith--start))

;;;###autoload
(define-derived-mode thoughtsmith-toml-mode thoughtsmith--toml-parent-mode "Thoughtsmith[TOML]"
  "Major mode for the config files of Thoughtsmith."
  (thoughtsmith--start))

;;;###autoload
(define-derived-mode thoughtsmith-json-mode js-json-mode "Prompt[JSON]"
  "Major mode for JSON that holds prompts."
  (thoughtsmith--start))

;;;###autoload
(define-derived-mode thoughtsmith-poml-mode nxml-mode "Prompt[POML]"
  "Major mode for prompts in POML."
  (thoughtsmith--start))

;;;###autoload
(dolist (entry
         '(("\\.\\(?:prompt\\|instructions\\|agent\\|chatmode\\)\\.md\\'" . thoughtsmith-prompt-mode)
           ("\\.\\(?:mdc\\|prompty\\|prompt\\)\\'" . thoughtsmith-prompt-mode)
           ("/\\(?:SKILL\\|CLAUDE\\|CLAUDE\\.local\\|AGENTS\\|GEMINI\\)\\.md\\'" . thoughtsmith-prompt-mode)
           ("/\\.github/copilot-instructions\\.md\\'" . thoughtsmith-prompt-mode)
           ("/\\.claude/\\(?:agents\\|commands\\|output-styles\\|rules\\)/.*\\.md\\'" . thoughtsmith-prompt-mode)
           ("/prompts/.*\\.\\(?:md\\|txt\\|j2\\|jinja2?\\)\\'" . thoughtsmith-prompt-mode)
           ("\\.prompt\\.ya?ml\\'" . thoughtsmith-yaml-mode)
           ("/prompts/.*\\.ya?ml\\'" . thoughtsmith-yaml-mode)
           ("/promptfoo\\.ya?ml\\'" . thoughtsmith-yaml-mode)
           ("/promptfoo-?config.*\\.ya?ml\\'" . thoughtsmith-yaml-mode)
           ("\\.promptfoo\\.ya?ml\\'" . thoughtsmith-yaml-mode)
           ("/promptfooconfig.*\\.json\\'" . thoughtsmith-json-mode)
           ("\\.prompt\\.json\\'" . thoughtsmith-json-mode)
           ("\\.poml\\'" . thoughtsmith-poml-mode)
           ("/\\.?thoughtsmith\\.toml\\'" . thoughtsmith-toml-mode)))
  (add-to-list 'auto-mode-alist entry))

(defconst thoughtsmith--languages
  '((thoughtsmith-prompt-mode . "markdown")
    (thoughtsmith-yaml-mode . "yaml")
    (thoughtsmith-json-mode . "json")
    (thoughtsmith-poml-mode . "poml")
    (thoughtsmith-toml-mode . "toml"))
  "What the modes are called in the protocol.
The server knows a prompt by its name and place; these only tell what any
other file is.")

(defun thoughtsmith--start ()
  "Start or join the server for this buffer."
  (when (and buffer-file-name thoughtsmith-client)
    (if (not (executable-find (car thoughtsmith-command)))
        (message "Thoughtsmith: there is no program %s; install it, or set `thoughtsmith-command'"
                 (car thoughtsmith-command))
      ;; The client tells the server whether blocks may have fields, so this comes first.
      (when (require 'yasnippet nil t)
        (yas-minor-mode 1)
        ;; Yasnippet's own indentation would pull the items of a nested list to the left.
        (setq-local yas-indent-line 'nothing))
      (pcase thoughtsmith-client
        ('eglot (eglot-ensure))
        ('lsp-mode
         (require 'lsp-mode)
         (lsp-deferred))))))

;;; Eglot

(defclass thoughtsmith-server (eglot-lsp-server) ()
  :documentation "A Thoughtsmith server that Eglot talks to.")

(defun thoughtsmith--contact (&rest _)
  "Tell Eglot how to start the server."
  (cons 'thoughtsmith-server (append thoughtsmith-command '("server"))))

(add-to-list 'eglot-server-programs
             (cons (mapcar (pcase-lambda (`(,mode . ,id)) (list mode :language-id id)) thoughtsmith--languages)
                   #'thoughtsmith--contact))

(cl-defmethod eglot-client-capabilities ((_server thoughtsmith-server))
  "What Eglot can do, and what the methods below add to it."
  (let* ((capabilities (cl-call-next-method))
         (workspace (plist-get capabilities :workspace))
         (completion (plist-get (plist-get capabilities :textDocument) :completion)))
    ;; Blocks come with their indentation and are inserted as they are.  The server has to be told so: it takes the
    ;; indentation of the line off for editors that add it themselves.
    (plist-put completion :completionItem
               (append '(:insertTextModeSupport (:valueSet [1])) (plist-get completion :completionItem)))
    (plist-put workspace :workspaceEdit
               (append '(:resourceOperations ["create" "rename"]) (plist-get workspace :workspaceEdit)))
    (plist-put capabilities :experimental '(:commands (:commands ["thoughtsmith.pickTechnique"])))))

(cl-defmethod eglot-handle-request
  ((_server thoughtsmith-server) (_method (eql workspace/configuration)) &key items)
  "Answer with the options of this package.
What `eglot-workspace-configuration' says of a project wins over them.
ITEMS are the sections that are asked for."
  (vconcat
   (seq-mapn (lambda (item given)
               (if (string= (plist-get item :section) 'thoughtsmith)
                   (map-merge 'plist (thoughtsmith--settings) given)
                 given))
             items (cl-call-next-method))))

(cl-defmethod eglot-execute ((_server thoughtsmith-server) action)
  "Do ACTION, which may also be to choose a technique, or move or create a file."
  (let ((changes (plist-get (plist-get action :edit) :documentChanges)))
    (cond ((equal (plist-get action :command) "thoughtsmith.pickTechnique")
           (call-interactively #'thoughtsmith-insert))
          ((seq-some (lambda (change) (plist-get change :kind)) changes)
           (seq-do #'thoughtsmith--change changes))
          (t (cl-call-next-method)))))

(defun thoughtsmith--change (change)
  "Do CHANGE, a part of an edit that is not of text alone."
  (pcase (plist-get change :kind)
    ('nil (eglot--apply-workspace-edit `(:documentChanges [,change]) this-command))
    ("create" (thoughtsmith--create (thoughtsmith--path (plist-get change :uri))))
    ("rename" (thoughtsmith--rename (thoughtsmith--path (plist-get change :oldUri))
                                    (thoughtsmith--path (plist-get change :newUri))))
    (kind (user-error "Thoughtsmith: Emacs does not know how to %s a file here" kind))))

(defun thoughtsmith--path (uri)
  "Return the name of the file URI, which to Eglot is bytes, as characters."
  (decode-coding-string (eglot-uri-to-path uri) 'utf-8))

(defun thoughtsmith--create (file)
  "Visit the new FILE, with its folders.  It is an error if it exists."
  (when (file-exists-p file)
    (user-error "There is a file %s already" file))
  (make-directory (file-name-directory file) t)
  (find-file file))

(defun thoughtsmith--rename (old new)
  "Give the file OLD, which a buffer visits, the name NEW."
  (when (file-exists-p new)
    (user-error "There is a file %s already" new))
  (with-current-buffer (find-file-noselect old)
    (save-buffer)
    (make-directory (file-name-directory new) t)
    ;; The server knows the buffer by its name, so it sees one file closed and another opened.
    (eglot--signal-textDocument/didClose)
    (eglot--managed-mode-off)
    (rename-visited-file new)
    (normal-mode)
    (eglot--maybe-activate-editing-mode)))

;;; lsp-mode

(with-eval-after-load 'lsp-mode
  (pcase-dolist (`(,mode . ,id) thoughtsmith--languages)
    (add-to-list 'lsp-language-id-configuration (cons mode id)))
  (lsp-register-custom-settings
   (mapcar (lambda (option)
             (list (format "thoughtsmith.%s" option) (lambda () (thoughtsmith--value option))))
           thoughtsmith--options))
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () (append thoughtsmith-command '("server"))))
    :major-modes (mapcar #'car thoughtsmith--languages)
    ;; Beside the servers that there are for Markdown and YAML.
    :add-on? t
    :synchronize-sections (list (symbol-name 'thoughtsmith))
    :server-id 'thoughtsmith)))

;;; Commands

(defun thoughtsmith-update-settings ()
  "Tell the servers that run what the options are now.
Customize does so by itself; this is for those who set them otherwise."
  (interactive)
  (let (told)
    (dolist (buffer (buffer-list))
      (with-current-buffer buffer
        (when (assq major-mode thoughtsmith--languages)
          (if (bound-and-true-p lsp-managed-mode)
              (lsp--set-configuration (lsp-configuration-section (symbol-name 'thoughtsmith)))
            (when-let* ((server (eglot-current-server)) ((not (memq server told))))
              (push server told)
              (eglot-signal-didChangeConfiguration server))))))))

;;;###autoload
(defun thoughtsmith-insert (beg end)
  "Insert a technique or recipe at BEG, or make the text from BEG to END its task.
Interactively, that is the cursor, or the region if it is active."
  (interactive (if (use-region-p) (list (region-beginning) (region-end)) (list (point) (point))))
  (if (bound-and-true-p lsp-managed-mode)
      (lsp-execute-code-action-by-kind "refactor.rewrite")
    (let ((actions (eglot-code-actions beg end "refactor.rewrite")))
      (unless actions
        (user-error "No block can stand here"))
      (eglot-execute (eglot--current-server-or-lose)
                     (thoughtsmith--choose "Technique: " actions (lambda (action) (plist-get action :title)))))))

(defun thoughtsmith--choose (prompt things name)
  "Ask with PROMPT for one of THINGS, of which the function NAME gives the name.
They are shown in the order in which they are given."
  (let* ((named (mapcar (lambda (thing) (cons (funcall name thing) thing)) things))
         (table (lambda (string predicate action)
                  (if (eq action 'metadata)
                      '(metadata (display-sort-function . identity) (cycle-sort-function . identity))
                    (complete-with-action action named string predicate)))))
    (cdr (assoc (completing-read prompt table nil t nil nil (caar named)) named))))

(defun thoughtsmith--run (input &rest arguments)
  "Return what the program prints, given ARGUMENTS and INPUT, a string or nil."
  (with-temp-buffer
    (let* ((coding-system-for-read 'utf-8)
           (coding-system-for-write 'utf-8)
           (errors (make-temp-file "thoughtsmith"))
           (status (unwind-protect
                       (prog1 (apply #'call-process-region (or input "") nil (car thoughtsmith-command) nil
                                     (list t errors) nil (append (cdr thoughtsmith-command) arguments))
                         (goto-char (point-max))
                         (save-excursion (insert-file-contents errors)))
                     (delete-file errors))))
      (unless (eql status 0)
        (user-error "Thoughtsmith: %s" (string-trim (buffer-substring (point) (point-max)))))
      (buffer-substring (point-min) (point)))))

(defun thoughtsmith--locale ()
  "Options for the program to speak the language of the server."
  (when (member thoughtsmith-locale '("en" "ru"))
    (list "--lang" thoughtsmith-locale)))

(defun thoughtsmith--ids (&rest kinds)
  "An alist from ids to summaries of what there is of KINDS, such as \"techniques\"."
  (mapcan (lambda (kind)
            (let* ((printed (apply #'thoughtsmith--run nil "list" kind "--output-format" "json"
                                   (thoughtsmith--locale)))
                   (entries (map-elt (json-parse-string printed :object-type 'alist :array-type 'list)
                                     (intern kind))))
              (mapcar (lambda (entry) (cons (alist-get 'id entry) (or (alist-get 'summary entry) "")))
                      entries)))
          kinds))

(defun thoughtsmith--read (prompt ids read)
  "Ask with PROMPT by the function READ for some of IDS, showing the summaries."
  (let ((completion-extra-properties
         (list :annotation-function (lambda (id) (concat "  " (cdr (assoc id ids)))))))
    (funcall read prompt ids)))

;;;###autoload
(defun thoughtsmith-explain (id)
  "Explain ID: a technique, a term, or a rule by its number or name."
  (interactive
   (list (thoughtsmith--read "Explain: " (thoughtsmith--ids "techniques" "knowledge" "rules") #'completing-read)))
  (let ((page (apply #'thoughtsmith--run nil "explain" id "--output-format" "markdown" (thoughtsmith--locale))))
    (with-current-buffer (get-buffer-create "*Thoughtsmith*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert page)
        (goto-char (point-min))
        (if (fboundp 'gfm-view-mode) (gfm-view-mode) (special-mode))
        (visual-line-mode))
      (display-buffer (current-buffer)))))

;;;###autoload
(defun thoughtsmith-compose (ids &optional task)
  "Show a prompt made of the techniques IDS, a list, for TASK, a text.
Interactively, the task is the region if it is active."
  (interactive
   (list (thoughtsmith--read "Techniques, with commas between: " (thoughtsmith--ids "techniques")
                             #'completing-read-multiple)
         (when (use-region-p) (buffer-substring-no-properties (region-beginning) (region-end)))))
  (let ((prompt (apply #'thoughtsmith--run task "compose" (append ids (when task '("--task-file" "-"))))))
    (with-current-buffer (generate-new-buffer "*Thoughtsmith prompt*")
      (insert prompt)
      (goto-char (point-min))
      (thoughtsmith-prompt-mode)
      (pop-to-buffer (current-buffer)))))

(provide 'thoughtsmith)
;;; thoughtsmith.el ends here
