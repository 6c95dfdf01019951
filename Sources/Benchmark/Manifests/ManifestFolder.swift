import Certificates
import Diagnostics
import Foundation

/// A folder with one file for each Ingress of a cluster, as a checkout has them.
struct ManifestFolder {
    let url: URL
    let ingresses: Int
    /// The Secrets of the hosts that have one.
    private let certificates: [Int: String]
    private let cluster: ClusterText

    /// Writes all files; the path `/` of each host is redirected, so that no request ever leaves the machine.
    ///
    /// - Parameter hasSecrets: Whether every second host has a certificate of its own.
    init(_ url: URL, ingresses: Int, hasSecrets: Bool) throws {
        self.url = url
        self.ingresses = ingresses
        cluster = ClusterText(ingresses: ingresses)
        var certificates: [Int: String] = [:]
        for number in stride(from: 0, to: hasSecrets ? ingresses : 0, by: 2) {
            let bundle = try SelfSignedCertificate.make(
                dnsName: ClusterText.host(number),
                notBefore: 1_735_689_600,
                notAfter: 1_893_456_000
            )
            certificates[number] = String(decoding: bundle.content.bytes, as: UTF8.self)
        }
        self.certificates = certificates
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try Data(Self.ingressClass.utf8).write(to: url.appending(path: "class.yaml"))
        for number in 0..<ingresses { try write(number, appRoot: "/welcome")() }
    }

    /// Prepares one file with another redirect; what is returned puts it in the place of the one that is there.
    func write(_ number: Int, appRoot: String) throws -> () throws -> Void {
        let text = cluster.manifests(of: number, appRoot: appRoot, certificate: certificates[number])
        let file = url.appending(path: "shop-\(number).yaml").path
        let new = url.appending(path: ".shop-\(number).new").path
        try Data(text.utf8).write(to: URL(filePath: new))
        return {
            guard rename(new, file) == 0 else { throw BenchmarkError.system(file, errno) }
        }
    }

    private static let ingressClass = """
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata:
          name: nginx
        spec:
          controller: k8s.io/ingress-nginx

        """
}
