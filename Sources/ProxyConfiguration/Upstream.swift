package import Diagnostics
package import Incremental
package import NginxSyntax

/// Servers that share the requests for one port of one Service.
package struct Upstream: Sendable, Hashable {
    @usableFromInline var fields: ByReference<Fields>

    package struct Fields: Sendable, Hashable {
        /// Begins with a hash: nginx compares names from their first byte, over all upstreams, for each `proxy_pass`.
        package var name: Identifier
        package var origin: ObjectReference?
        package var policy: UpstreamPolicy
        package var servers: [SocketAddress]
        /// The names by which nginx looks up endpoints while it serves.
        ///
        /// An upstream has a server or a name: nginx takes none without.
        package var names: [EndpointGroup]
    }

    package init(
        name: Identifier,
        origin: ObjectReference? = nil,
        policy: UpstreamPolicy = UpstreamPolicy(),
        servers: [SocketAddress],
        names: [EndpointGroup] = []
    ) {
        fields = ByReference(Fields(name: name, origin: origin, policy: policy, servers: servers, names: names))
    }

    // Written out and not looked up: a key path that is made at run time costs more than all else of a field.

    package var name: Identifier {
        _read { yield fields.value.name }
        set { fields.name = newValue }
    }

    package var origin: ObjectReference? {
        _read { yield fields.value.origin }
        set { fields.origin = newValue }
    }

    package var policy: UpstreamPolicy {
        _read { yield fields.value.policy }
        set { fields.policy = newValue }
    }

    package var servers: [SocketAddress] {
        _read { yield fields.value.servers }
        set { fields.servers = newValue }
    }

    package var names: [EndpointGroup] {
        _read { yield fields.value.names }
        set { fields.names = newValue }
    }
}
