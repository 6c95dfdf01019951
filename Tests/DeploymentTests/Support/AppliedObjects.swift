/// The fields of an API server's objects that the tests read.
struct AppliedDeployment: Decodable {
    struct Metadata: Decodable {
        var labels: [String: String]?
    }

    struct Port: Decodable {
        var name: String
        var containerPort: Int
        var hostPort: Int?
    }

    struct Container: Decodable {
        var name: String
        var image: String
        var command: [String]?
        var args: [String]
        var ports: [Port]
        var lifecycle: Lifecycle?
    }

    struct Command: Decodable {
        var command: [String]
    }

    struct Handler: Decodable {
        var exec: Command
    }

    struct Lifecycle: Decodable {
        var preStop: Handler
    }

    struct EmptyFolder: Decodable {
        var sizeLimit: String?
    }

    struct Volume: Decodable {
        var emptyDir: EmptyFolder?
    }

    struct PodSpec: Decodable {
        var containers: [Container]
        var volumes: [Volume]
        var nodeSelector: [String: String]?
    }

    struct Template: Decodable {
        var metadata: Metadata
        var spec: PodSpec
    }

    struct Spec: Decodable {
        var replicas: Int
        var template: Template
    }

    var spec: Spec

    func container(_ name: String) -> Container? { spec.template.spec.containers.first { $0.name == name } }

    var hostPorts: [Int] { spec.template.spec.containers.flatMap(\.ports).compactMap(\.hostPort) }
}

struct AppliedService: Decodable {
    struct Port: Decodable {
        var port: Int
    }

    struct Spec: Decodable {
        var type: String
        var ports: [Port]
        var selector: [String: String]
    }

    var spec: Spec
}

struct AppliedPolicy: Decodable {
    struct Port: Decodable {
        var port: String
    }

    struct Selector: Decodable {
        var matchLabels: [String: String]?
    }

    struct Peer: Decodable {
        var namespaceSelector: Selector?
    }

    struct Rule: Decodable {
        var ports: [Port]
        var from: [Peer]?
    }

    struct Spec: Decodable {
        var ingress: [Rule]
    }

    var spec: Spec
}

struct AppliedClass: Decodable {
    struct Metadata: Decodable {
        var name: String
    }

    struct Spec: Decodable {
        var controller: String
    }

    var metadata: Metadata
    var spec: Spec
}

struct AppliedList<Item: Decodable>: Decodable {
    var items: [Item]
}
