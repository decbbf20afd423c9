(add-to-list 'load-path (expand-file-name "thoughtsmith" user-emacs-directory))
(require 'thoughtsmith nil t)
