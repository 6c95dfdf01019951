import Foundation
import NginxSyntax

/// The output of the demo: where everything is, what became of each Ingress, and what to try.
struct DemoGuide {
    private let site: DemoSite
    private let ports: DemoPorts
    private let folder: DemoFolder
    private let nginx: DemoNginx

    init(_ site: DemoSite, _ ports: DemoPorts, _ folder: DemoFolder, _ nginx: DemoNginx) {
        (self.site, self.ports, self.folder, self.nginx) = (site, ports, folder, nginx)
    }

    var text: String {
        let samples = DemoSample.all.compactMap(section)
        return ([head] + samples + [foot]).joined(separator: "\n")
    }

    private var head: String {
        """
        nginx \(nginx.capabilities.version) serves \(DemoSample.all.count) Ingresses for \
        \(DemoSample.services.count) backends.

            http://\(DemoPorts.host):\(ports.http)
            https://\(DemoPorts.host):\(ports.https)

            \(folder.path)/manifests     the Ingresses and Services
            \(folder.path)/nginx.conf    what Postern made of them
            \(folder.path)/access.log    what nginx says of requests

        """
    }

    private func section(_ sample: DemoSample) -> String? {
        guard let object = sample.object else { return nil }
        let excerpt = DemoExcerpt.lines(of: object, in: site.generation).map { "    \($0)\n" }.joined()
        let requests = sample.requests.map { request in
            """
              \(request.outcome):
                \(request.commandLine(ports, bypassesProxy: bypassesProxy))

            """
        }.joined()
        return "\(object): \(sample.summary)\n\n\(excerpt)\n\(requests)"
    }

    private var foot: String {
        """
        The backends stand in the place of the manifests' endpoints. Ctrl-C ends it, and leaves nothing behind.
        """
    }

    /// Whether curl would send the requests to a proxy of this machine.
    private var bypassesProxy: Bool {
        ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].contains {
            ProcessInfo.processInfo.environment[$0].map { !$0.isEmpty } ?? false
        }
    }
}
