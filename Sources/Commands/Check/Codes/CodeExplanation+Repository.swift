extension CodeExplanation {
    /// What was looked at.
    static let repository: [CodeExplanation] = [
        CodeExplanation(
            "file-unreadable",
            cause: "A file cannot be read: its permissions, its kind or its name do not allow it.",
            effect: "Nothing of the file counts.",
            remedy: "Correct the permissions, or give the file a name in UTF-8."
        ),
        CodeExplanation(
            "not-a-manifest",
            cause: "A file in a folder holds no Kubernetes object.",
            effect: "The file is passed over.",
            remedy: "None is needed."
        ),
        CodeExplanation(
            "template-not-read",
            cause: "A file is a template, such as those of a Helm chart.",
            effect: "The file is passed over: what it produces is not checked.",
            remedy: "Check what is applied: helm template CHART | postern check -"
        ),
        CodeExplanation(
            "kustomize-part",
            cause: "A file is a patch or another part of a kustomization.",
            effect: "The file is passed over: what the kustomization produces is not checked.",
            remedy: "Check what is applied: kustomize build FOLDER | postern check -"
        ),
        CodeExplanation(
            "encrypted",
            cause: "An object is encrypted by SOPS.",
            effect: "The object counts as missing, and what needs it is served without.",
            remedy: "Decrypt it with sops first, and check what comes of it."
        ),
        CodeExplanation(
            "objects-in-several-files",
            cause: "The same objects stand in several files: stages or examples that are never applied together.",
            effect: "The last of each counts, so that the check says little about the others.",
            remedy: "Check what is applied together by itself."
        ),
        CodeExplanation(
            "aside",
            cause: "Objects that no Ingress relies on have findings.",
            effect: "Traffic is not affected.",
            remedy: "Check with --as folder to see each."
        ),
        CodeExplanation(
            "no-ingress",
            cause: "The input has no Ingress, or none that is ours.",
            effect: "Nothing is served.",
            remedy: """
                Check the path, and the class that --ingress-class names; --verbose shows why Ingresses are left \
                out.
                """
        ),
        CodeExplanation(
            "objects-assumed",
            cause: "The input of a repository names Services or Secrets that are elsewhere.",
            effect: "They are assumed to exist: Services at 192.0.2.1, Secrets with the default certificate.",
            remedy: "None is needed. Where the input is all there is, check with --as folder or --as cluster."
        ),
        CodeExplanation(
            "ignore-unused",
            cause: "--ignore, postern.dev/ignore or .postern.yaml names a code that no finding there has.",
            effect: "Traffic is not affected. A finding of this kind that comes later would be hidden.",
            remedy: "Remove the code from where it is ignored."
        ),
        CodeExplanation(
            "ignore-unknown",
            cause: "--ignore, postern.dev/ignore or .postern.yaml names a code that there is none of.",
            effect: "Nothing is left out by it.",
            remedy: "Correct the spelling; 'postern check --explain all' lists the codes."
        ),
        CodeExplanation(
            "settings-file-unknown-key",
            cause: "The file .postern.yaml has a key that there is none of.",
            effect: "The key has no effect.",
            remedy: "Correct the spelling or the indentation, or remove the key."
        ),
        CodeExplanation(
            "settings-file-invalid",
            cause: "The file .postern.yaml has a value that the key cannot have.",
            effect: "The value is not used: the check is that of a repository without it.",
            remedy: "Correct the value as the message says."
        ),
    ]
}
