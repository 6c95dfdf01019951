/// Services whose endpoints come and go, each at a path of one host, and the nginx that is all of these endpoints.
package struct RollingManifests {
    package static let host = "rolling.example"
    package static let options = ["--configmap", "shop/settings"]

    /// A Service for each: its endpoints are told apart by it.
    package let ports: [UInt16]

    package init(ports: [UInt16]) { self.ports = ports }

    package var paths: [String] { ports.map { "/s\($0)" } }

    /// The Ingress, and the settings that it needs.
    ///
    /// That nginx closes a connection after so many requests, some of which are on their way, is nothing to be counted.
    package var ingress: String {
        let paths = ports.map {
            "      - {path: /s\($0), pathType: Prefix, backend: {service: {name: s\($0), port: {number: 80}}}}\n"
        }
        return """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: shop}
            data: {keep-alive-requests: "1000000000"}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: rolling
              namespace: shop
              annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "false"}
            spec:
              tls: [{hosts: [\(Self.host)]}]
              rules:
              - host: \(Self.host)
                http:
                  paths:
            \(paths.joined())
            """
    }

    /// The configuration of the endpoints, which write to the file `arrivals` when which of them was asked.
    ///
    /// - Parameter buffering: Options of the log, for more requests than are written one by one.
    package func backend(buffering: String = "") -> String {
        """
        worker_processes 1;
        error_log stderr;
        events { worker_connections 10000; }
        http {
            log_format arrival '$msec $server_addr:$server_port';
            access_log arrivals arrival \(buffering);
            keepalive_requests 1000000000;
            server {
        \(ports.map { "        listen \($0);\n" }.joined())        return 200 ok;
            }
        }

        """
    }
}
