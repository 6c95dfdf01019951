import Controller
import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Template

/// The object whose part of a configuration nginx refuses.
struct Culprit: Hashable {
    /// The object that nginx's words are about.
    var object: ObjectReference
    /// The objects that must be left out for the rest to be served.
    var leftOut: Set<ObjectReference>
    /// The Ingresses that bring the object in, where it is none itself.
    var users: [ObjectReference] = []

    init(_ ingress: ObjectReference) {
        object = ingress
        leftOut = [ingress]
    }

    /// Finds the culprit by the line or the file that nginx names; `nil` where neither has an origin.
    init?(
        _ refusal: NginxRefusal,
        in origins: SourceMap,
        of configuration: Configuration
    ) {
        if let file = configuration.privateFiles.first(where: { refusal.files.contains($0.file.value) }) {
            guard let origin = file.origin else { return nil }
            object = origin
            // Its hosts keep their routes: the fallback certificate serves them, as for any Secret that cannot.
            leftOut = [origin]
            users = configuration.ingresses(with: file)
            return
        }
        guard let origin = refusal.line.flatMap({ origins[$0] }) else { return nil }
        object = origin
        guard !origin.isIngress else {
            leftOut = [origin]
            return
        }
        users = configuration.ingresses(proxyingTo: origin)
        leftOut = Set(users)
    }

    func finding(_ refusal: NginxRefusal, _ exclusions: Exclusions) -> Diagnostic {
        let names = users.prefix(3).map(\.description).joined(separator: ", ") + (users.count > 3 ? ", …" : "")
        let consequence =
            switch (users.isEmpty, leftOut.contains(object)) {
            case _ where exclusions.reverted.isSuperset(of: leftOut): "its last good form serves"
            case (true, _): "it is left out"
            case (false, true): "\(names): the default certificate serves"
            case (false, false): "left out: \(names)"
            }
        return Diagnostic(
            .error,
            code: "nginx-refused",
            "nginx refuses what this comes to (\(consequence)): \(refusal.words)",
            object: object
        )
    }
}

extension Configuration {
    fileprivate func ingresses(with certificate: PrivateFile) -> [ObjectReference] {
        Set(servers.filter { $0.certificate == certificate.file }.flatMap(\.users)).sorted()
    }

    fileprivate func ingresses(proxyingTo service: ObjectReference) -> [ObjectReference] {
        let names = Set(upstreams.filter { $0.origin == service }.map(\.name))
        var users: Set<ObjectReference> = []
        for location in servers.flatMap(\.locations) {
            for (index, backend) in location.backends.enumerated() {
                guard case .upstream(let name) = backend, names.contains(name) else { continue }
                if let user = index == 0 ? location.origin : location.canaryOrigin { users.insert(user) }
            }
        }
        return users.sorted()
    }
}
