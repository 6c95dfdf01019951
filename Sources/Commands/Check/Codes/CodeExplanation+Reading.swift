extension CodeExplanation {
    /// Manifests that cannot be read.
    static let reading: [CodeExplanation] = [
        CodeExplanation(
            "yaml-syntax",
            cause: "The document is not YAML: an indentation, a quote, a bracket or a tab is wrong.",
            effect: "The whole document is left out; nothing in it is served.",
            remedy: """
                Correct the place that is shown. A template of a Helm chart is rendered first: helm template CHART | \
                postern check -
                """
        ),
        CodeExplanation(
            "json-syntax",
            cause: "The document is not JSON.",
            effect: "The whole document is left out; nothing in it is served.",
            remedy: "Correct the place that is shown."
        ),
        CodeExplanation(
            "yaml-encoding",
            cause: "The file is not UTF-8, or holds a character that YAML does not allow.",
            effect: "The document is left out; nothing in it is served.",
            remedy: "Save the file as UTF-8, without control characters."
        ),
        CodeExplanation(
            "yaml-duplicate-key",
            cause: "A mapping has the same key twice, of which programs take one or the other.",
            effect: "The mapping around it is left out, with what needs it.",
            remedy: "Keep one of the two."
        ),
        CodeExplanation(
            "yaml-complex-key",
            cause: "A key is a mapping or a list. Most often it is the '{{ }}' of a template that is not rendered.",
            effect: "The mapping around it is left out, with what needs it.",
            remedy: "Quote the key, or render the template first."
        ),
        CodeExplanation(
            "yaml-merge",
            cause: "'<<' merges something that is neither a mapping nor a list of mappings.",
            effect: "The mapping around it is left out, with what needs it.",
            remedy: "Name an anchor of a mapping: '<<: *defaults'."
        ),
        CodeExplanation(
            "yaml-unknown-anchor",
            cause: "An alias names an anchor that does not stand above it in the document.",
            effect: "What needs the alias is left out.",
            remedy: "Correct the name, or move the anchor up. An anchor counts in its own document only."
        ),
        CodeExplanation(
            "yaml-alias-cycle",
            cause: "An anchor would contain itself through its own alias.",
            effect: "What needs the alias is left out.",
            remedy: "Write the repeated part out."
        ),
        CodeExplanation(
            "yaml-alias-limit",
            cause: "Aliases of aliases repeat a part of the document very many times.",
            effect: "The document is left out: such a document could use up all memory.",
            remedy: "Write the repeated parts out, or split the document."
        ),
        CodeExplanation(
            "yaml-nesting",
            cause: "Mappings and lists stand inside each other to a depth that no manifest needs.",
            effect: "The document is left out.",
            remedy: "Correct the indentation, or remove the document."
        ),
        CodeExplanation(
            "missing-field",
            cause: "A field that Kubernetes requires is not there.",
            effect: "The object, or the part of it that the message names, is left out; a cluster refuses it.",
            remedy: "Add the field. Version v1 of Ingress requires pathType and a backend with a port."
        ),
        CodeExplanation(
            "unknown-field",
            cause: "The version of the object has no field of this name.",
            effect: "The field has no effect; a cluster refuses it, or drops it without a word.",
            remedy: "Correct the spelling or the indentation, or remove the field."
        ),
        CodeExplanation(
            "wrong-type",
            cause: "A field has a value of another type: a number in place of text, a list in place of a mapping.",
            effect: "The part that the message names is left out.",
            remedy: """
                Write the value as the field's type. Values of annotations are text: quote true, false and numbers.
                """
        ),
        CodeExplanation(
            "conflicting-fields",
            cause: "Two fields are set of which only one may be.",
            effect: "The part that the message names is left out; a cluster refuses the object.",
            remedy: "Remove one of the two."
        ),
        CodeExplanation(
            "value-invalid",
            cause: "A field has a value that is none of those it may have.",
            effect: "The part that the message names is left out; a cluster refuses the object.",
            remedy: "Use one of the values that the message lists."
        ),
        CodeExplanation(
            "name-invalid",
            cause: "A name, a label or a key has characters, or a length, that Kubernetes does not allow.",
            effect: "The part that the message names is left out; a cluster refuses the object.",
            remedy: "Use letters in lower case, digits, '-' and '.', as the message says."
        ),
        CodeExplanation(
            "host-invalid",
            cause: "A host is no DNS name in lower case, with '*.' at its beginning at the most.",
            effect: "The rule is left out: the host is not served.",
            remedy: """
                Write the plain host: no scheme, no port, no path. Write other scripts as browsers ask for them, \
                'xn--…'.
                """
        ),
        CodeExplanation(
            "path-invalid",
            cause: """
                A path does not begin with '/', holds what no request can ask for, or is a wrong regular expression.
                """,
            effect: "The path is left out; its requests go to another path of the host, or answer 404.",
            remedy: "Correct the path as the message says."
        ),
        CodeExplanation(
            "port-invalid",
            cause: "A port is not a number from 1 to 65535.",
            effect: "The backend is left out.",
            remedy: "Correct the number, or name a port of the Service."
        ),
        CodeExplanation(
            "address-invalid",
            cause: "A field that holds an IP address holds something else.",
            effect: "The address is left out: no request is sent there.",
            remedy: "Correct the address; a host name is a matter of Services of type ExternalName."
        ),
        CodeExplanation(
            "time-invalid",
            cause: "A time is not written as RFC 3339 has it.",
            effect: "The object is left out.",
            remedy: "Remove the field: the API server sets it."
        ),
        CodeExplanation(
            "invalid-base64",
            cause: "A value below 'data' of a Secret is not base64.",
            effect: "The Secret is left out; what needs it is served without, as further findings say.",
            remedy: "Encode the value, or move it as plain text to 'stringData'."
        ),
        CodeExplanation(
            "annotations-too-long",
            cause: "The annotations of the object are longer than the 256 KiB that Kubernetes takes.",
            effect: "The object is left out; a cluster refuses it.",
            remedy: "Move long values, such as snippets, to a ConfigMap."
        ),
        CodeExplanation(
            "unsupported-version",
            cause: "The object is of a version of its API that is not read.",
            effect: "The object is left out.",
            remedy: "Use one of the versions that the hint lists, such as networking.k8s.io/v1."
        ),
        CodeExplanation(
            "unknown-kind",
            cause: "An object of an API group that is read has a kind that the group does not have.",
            effect: "The object is left out.",
            remedy: "Correct the spelling of 'kind'."
        ),
        CodeExplanation(
            "not-a-kubernetes-object",
            cause: "A document has neither apiVersion nor kind.",
            effect: "The document is left out.",
            remedy: "Add both, or remove the document."
        ),
        CodeExplanation(
            "duplicate-object",
            cause: "Two objects have the same kind, namespace and name.",
            effect: "Only the last one counts, as with kubectl apply.",
            remedy: "Remove one of the two, or give it another name or namespace."
        ),
        CodeExplanation(
            "endpoint-slice-without-service",
            cause: "An EndpointSlice has no label that names its Service.",
            effect: "Its endpoints get no requests.",
            remedy: "Set the label kubernetes.io/service-name."
        ),
        CodeExplanation(
            "findings-omitted",
            cause: "There are more than a hundred findings about one document or object.",
            effect: "The rest are counted in place of being shown.",
            remedy: "Correct those that are shown, and check again."
        ),
        CodeExplanation(
            "version-outdated",
            cause: "The object is of a version that clusters refuse since Kubernetes 1.22.",
            effect: "Postern reads it from files; a cluster takes no such object, so that a rollout fails.",
            remedy: "Run 'postern check --fix', or write the form of networking.k8s.io/v1 that the hint shows."
        ),
    ]
}
