extension CodeExplanation {
    /// The proof, and the controller at work.
    static let running: [CodeExplanation] = [
        CodeExplanation(
            "nginx-refused",
            cause: "nginx does not take what the object comes to.",
            effect: "The object is set aside; everything else is served.",
            remedy: "Correct the object as nginx's own words say."
        ),
        CodeExplanation(
            "held-back",
            cause: "Something in the namespace is refused, and what has changed there could not be told apart.",
            effect: "What has changed in the namespace is set aside together; the rest is served.",
            remedy: "Correct what is refused in the namespace."
        ),
        CodeExplanation(
            "proof-failed",
            cause: "A shadow nginx sends a request elsewhere than the manifests say, or serves another certificate.",
            effect: "In a check nothing is served by it; the controller sets the object aside.",
            remedy: "Report it with the manifests: it is a mistake in Postern, or in a template of your own."
        ),
        CodeExplanation(
            "handshake-failed",
            cause: "No TLS connection can be made with the certificate.",
            effect: """
                In a check nothing is served by it; the controller sets the Secret aside, and the default \
                certificate serves.
                """,
            remedy: "Use a certificate with a key of 2048 bits or more, and a digest that clients take."
        ),
        CodeExplanation(
            "proof-bounded",
            cause: "There are more requests to prove than are sent at once.",
            effect: "Traffic is not affected; a part of the routes is proven.",
            remedy: "None is needed."
        ),
        CodeExplanation(
            "proof-undecided",
            cause: """
                The answer to some requests depends on more than the configuration, such as a service that is asked.
                """,
            effect: "Traffic is not affected; these requests are not part of the proof.",
            remedy: "None is needed."
        ),
        CodeExplanation(
            "swap-failed",
            cause: "The controller could not make a new configuration live.",
            effect: "The previous configuration serves on.",
            remedy: "Correct what the message names; the controller tries again."
        ),
        CodeExplanation(
            "endpoints-port-in-use",
            cause: "Another program has the port at which nginx would ask for endpoints.",
            effect: "Endpoints stand in nginx's configuration, and each change of them takes a reload.",
            remedy: "Free the port, or name another one by --endpoints-port."
        ),
        CodeExplanation(
            "endpoints-not-asked",
            cause: "nginx was told to ask for endpoints, and does not.",
            effect: "Endpoints stand in nginx's configuration, and each change of them takes a reload.",
            remedy: "Run nginx in the network namespace of Postern, or choose --endpoints reload."
        ),
        CodeExplanation(
            "nginx-control-unusable",
            cause: "nginx does not answer by its control API as it should.",
            effect: "Traffic is not affected; nginx is told to reload by a signal.",
            remedy:
                "Look whether nginx still listens at the socket, and whether it hangs; a new start brings the socket back."
        ),
        CodeExplanation(
            "file-kept",
            cause: "A file of the controller's folder became unreadable.",
            effect: "Its last good content keeps serving.",
            remedy: "Correct the file, or delete it to stop serving what it held."
        ),
        CodeExplanation(
            "object-kept",
            cause: "An object became unusable after it had been good.",
            effect: "It keeps serving in its last good form.",
            remedy: "Correct the object, or delete it to stop serving it."
        ),
        CodeExplanation(
            "file-not-saved",
            cause: "The last good content of a file cannot be saved.",
            effect: "It keeps serving until the controller ends.",
            remedy: "Free disk space, or correct the permissions of the state folder."
        ),
        CodeExplanation(
            "folder-unreadable",
            cause: "A folder below the controller's folder cannot be read.",
            effect: "What was last read of it keeps serving.",
            remedy: "Correct the permissions."
        ),
        CodeExplanation(
            "source-missing",
            cause: "The controller's folder cannot be read.",
            effect: "What was last read of it keeps serving.",
            remedy: "Restore the folder."
        ),
        CodeExplanation(
            "watch-limited",
            cause: "The system allows no more folders to be watched.",
            effect: "Changes are found by looking from time to time, and so later.",
            remedy: "Raise fs.inotify.max_user_watches and fs.inotify.max_user_instances."
        ),
        CodeExplanation(
            "resource-forbidden",
            cause: "The controller may not read a kind of objects.",
            effect: "What needs them is served without, as the message says.",
            remedy: "Grant get, list and watch as the hint says."
        ),
        CodeExplanation(
            "credentials-unencrypted",
            cause: "The API server is reached without TLS from another machine.",
            effect: "Whoever is on the way can read the token, and all Secrets.",
            remedy: "Reach the API server by https://, or at a loopback address."
        ),
    ]
}
