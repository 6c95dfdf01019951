import ControlPlaneTestSupport
import Foundation
import TestSupport

/// The requests to an API server, as it logs them itself.
struct AuditLog: Sendable {
    private let folder: URL

    struct Request: Hashable {
        var access: Access
        var code: Int
    }

    static func use(_ body: (AuditLog) async throws -> Void) async throws {
        try await TemporaryFolder.use { folder in
            let policy = """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules: [{level: Metadata, userGroups: ["system:serviceaccounts"]}, {level: None}]

                """
            try Data(policy.utf8).write(to: folder.appending(path: "policy.yaml"))
            try await body(AuditLog(folder: folder))
        }
    }

    /// Of the API server.
    var options: [String] {
        [
            "--audit-policy-file=\(folder.appending(path: "policy.yaml").path)",
            "--audit-log-path=\(folder.appending(path: "audit.log").path)",
        ]
    }

    /// The requests of a user about objects.
    func requests(of user: String) throws -> Set<Request> {
        let text = try String(contentsOf: folder.appending(path: "audit.log"), encoding: .utf8)
        let events = try text.split(separator: "\n").map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
        return Set(
            events.filter { $0.user.username == user }.compactMap { event in
                event.objectRef.map { object in
                    let resource = object.subresource.map { "\(object.resource)/\($0)" } ?? object.resource
                    let access = Access(group: object.apiGroup ?? "", resource: resource, verb: event.verb)
                    return Request(access: access, code: event.responseStatus?.code ?? 0)
                }
            }
        )
    }

    private struct Event: Decodable {
        struct User: Decodable { var username: String }
        struct Object: Decodable {
            var apiGroup: String?
            var resource: String
            var subresource: String?
        }
        struct Status: Decodable { var code: Int? }
        var user: User
        var verb: String
        var objectRef: Object?
        var responseStatus: Status?
    }
}

/// Something that may be done to the objects of a resource.
struct Access: Hashable, Comparable, CustomStringConvertible {
    var group: String
    var resource: String
    var verb: String

    var description: String { "\(verb) \(resource)\(group.isEmpty ? "" : ".\(group)")" }

    static func < (left: Access, right: Access) -> Bool { left.description < right.description }

    /// The rights that the roles called `postern` grant.
    static func granted(on plane: ControlPlane) async throws -> Set<Access> {
        let everywhere: Role = try await plane.kubectl.get("clusterrole/postern")
        let here: Role = try await plane.kubectl.get("role/postern", in: "postern")
        var accesses: Set<Access> = []
        for rule in everywhere.rules + here.rules {
            for group in rule.apiGroups {
                for resource in rule.resources {
                    for verb in rule.verbs { accesses.insert(Access(group: group, resource: resource, verb: verb)) }
                }
            }
        }
        return accesses
    }

    private struct Role: Decodable {
        struct Rule: Decodable {
            var apiGroups: [String]
            var resources: [String]
            var verbs: [String]
        }
        var rules: [Rule]
    }
}
