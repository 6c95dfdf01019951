package import Diagnostics
package import Incremental
package import NginxSyntax

/// Servers that share the requests for one port of one Service.
@dynamicMemberLookup
package struct Upstream: Sendable, Hashable {
    @usableFromInline var fields: ByReference<Fields>

    package struct Fields: Sendable, Hashable {
        /// Begins with a hash: nginx compares names from their first byte, over all upstreams, for each `proxy_pass`.
        package var name: Identifier
        package var origin: ObjectReference?
        package var policy: UpstreamPolicy
        /// Never empty: nginx takes no upstream without a server.
        package var servers: [SocketAddress]
    }

    package init(
        name: Identifier,
        origin: ObjectReference? = nil,
        policy: UpstreamPolicy = UpstreamPolicy(),
        servers: [SocketAddress]
    ) {
        fields = ByReference(Fields(name: name, origin: origin, policy: policy, servers: servers))
    }

    @inlinable
    @inline(__always)
    package subscript<Field>(dynamicMember field: WritableKeyPath<Fields, Field>) -> Field {
        get { fields[dynamicMember: field] }
        set { fields[dynamicMember: field] = newValue }
    }
}
