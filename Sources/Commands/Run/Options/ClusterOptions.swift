import ArgumentParser
import KubernetesModel

/// The options that say which cluster is served, and which part of it.
struct ClusterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The kubeconfig that names the API server; without it KUBECONFIG, the Pod's service account, or "
                + "~/.kube/config.",
            valueName: "file"
        )
    )
    var kubeconfig: String?

    @Option(help: ArgumentHelp("A context of the kubeconfig in the place of its current one.", valueName: "name"))
    var context: String?

    @Option(
        help: ArgumentHelp("The address of the API server in the place of the one that is found.", valueName: "url")
    )
    var apiserverHost: String?

    @Option(
        help: ArgumentHelp(
            "Serve the Ingresses of this namespace alone, and read nothing of others.",
            valueName: "namespace"
        )
    )
    var watchNamespace: String?

    @Option(
        help: ArgumentHelp(
            "Serve the Ingresses of namespaces with these labels alone, such as team=shop.",
            valueName: "selector"
        )
    )
    var watchNamespaceSelector: String?

    func validate() throws {
        guard watchNamespace == nil || watchNamespaceSelector == nil else {
            throw ValidationError("--watch-namespace and --watch-namespace-selector exclude each other.")
        }
    }

    /// Refuses options for a cluster where none is read, and another kind of input where one is.
    func validate(isRead: Bool, _ input: InputOptions) throws {
        guard isRead || !isGiven else { throw ValidationError("Options for a cluster are for --cluster.") }
        guard !isRead || input.chosen == nil || input.chosen == .cluster else {
            throw ValidationError("--cluster reads a cluster, and --as says that the input is something else.")
        }
    }

    /// Whether an option is given that has a meaning only in a cluster.
    var isGiven: Bool {
        [kubeconfig, context, apiserverHost, watchNamespace, watchNamespaceSelector].contains { $0 != nil }
    }
}
