import CurlTestSupport
import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Certificates and keys, good and hostile ones.
@Suite(.timeLimit(.minutes(10)))
struct SecretTests {
    @Test func `a renewed certificate goes live, and the old key goes with its last generation`() async throws {
        let (old, new) = (try await TestSecret(for: "a.example"), try await TestSecret(for: "a.example"))
        let other = try await TestSecret(for: "b.example")
        try await ControllerSite.use { site in
            var site = site
            // What is not asked for is not taken away by chance.
            site.umask = "000"
            func write(_ secret: TestSecret, to path: String) throws {
                try site.write(Manifest.ingress("a", to: path, secret: "a") + secret.manifest(named: "a"), to: "a.yaml")
            }
            try site.write(Manifest.ingress("b", secret: "b") + other.manifest(named: "b"), to: "b.yaml")
            try write(old, to: "/v1")
            let end = try await site.run { [site] postern in
                let (looks, readable) = try await site.watchingKeys {
                    try await site.awaitAnswer("302 /v1", of: "a.example")
                    try await site.awaitCertificate(old, of: "a.example")
                    let inode = site.inode(of: "current/tls/shop.b.pem")
                    try write(new, to: "/v1")
                    try await site.awaitCertificate(new, of: "a.example")
                    try await site.awaitCertificate(other, of: "b.example")
                    #expect(site.inode(of: "current/tls/shop.b.pem") == (inode.number, 2))
                    #expect(!site.files(holding: old.traces).isEmpty, "the generation before is kept")
                    try write(new, to: "/v2")
                    try await eventually("the old key is gone") { site.files(holding: old.traces).isEmpty }
                }
                #expect(readable.isEmpty && looks > 10)
                for secret in [new, other] {
                    let files = site.files(holding: secret.traces)
                    #expect(!files.isEmpty && files.allSatisfy { !$0.isForOthers }, "\(files)")
                }
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0))
            for trace in old.traces + new.traces + other.traces { #expect(!end.log.contains(trace)) }
        }
    }

    @Test func `hostile Secrets harm nobody else, and leave nothing outside of the state folder`() async throws {
        let (good, other) = (try await TestSecret(for: "good.example"), try await TestSecret(for: "other.example"))
        let weak = try await TestSecret(for: "weak.example", key: "rsa:1024")
        try await ControllerSite.use { site in
            let evil = "evil-" + site.folder.suffix(6)
            try site.write(Manifest.ingress("plain"), to: "plain.yaml")
            try site.write(Manifest.ingress("good", secret: "good") + good.manifest(named: "good"), to: "good.yaml")
            for (name, secret) in Self.hostile(from: good, other, weak) {
                let manifests = Manifest.ingress(name, secret: name) + secret.manifest(named: name)
                try site.write(manifests, to: "\(name).yaml")
            }
            for (number, name) in ["../../\(evil)", "/tmp/\(evil)", "..", "a/../\(evil)", "\(evil)\\n"].enumerated() {
                let manifests = Manifest.ingress("path-\(number)", secret: name) + other.manifest(named: name)
                try site.write(manifests + other.manifest(named: evil, in: name), to: "path-\(number).yaml")
            }
            let end = try await site.run { postern in
                try await site.awaitAnswer("302 /v1", of: "plain.example")
                try await site.awaitCertificate(good, of: "good.example")
                for name in ["foreign", "rubbish", "keyless", "weak", "path-0"] {
                    let answer = try await site.client.send("GET https://\(name).example/")
                    #expect(answer.status == 302, "\(name)")
                    #expect(answer.certificate?.names("\(name).example") == false, "\(name)")
                }
                try site.write(Manifest.ingress("plain", to: "/v2"), to: "plain.yaml")
                try await site.awaitAnswer("302 /v2", of: "plain.example")
                for secret in [good, other, weak] {
                    let readable = site.files(holding: secret.traces).filter(\.isForOthers)
                    #expect(readable.isEmpty, "\(readable)")
                }
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            for trace in good.traces + other.traces + weak.traces { #expect(!end.log.contains(trace)) }
            #expect(end.log.contains("key too small"), "\(end.log)")
            let strays = try await Tool("find").run(["/", "-xdev", "-maxdepth", "3", "-name", "*\(evil)*"])
            #expect(strays.text.isEmpty, "\(strays.text)")
            let names = try FileManager.default.contentsOfDirectory(atPath: site.folder)
            let own: Set = ["manifests", "state", "temporary"]
            #expect(names.allSatisfy { own.contains($0) || $0.hasSuffix(".log") }, "\(names)")
        }
    }

    private static func hostile(
        from good: TestSecret,
        _ other: TestSecret,
        _ weak: TestSecret
    ) -> [String: TestSecret] {
        var secrets = ["weak": weak]
        secrets["foreign"] = good
        secrets["foreign"]?.key = other.key
        secrets["rubbish"] = good
        secrets["rubbish"]?.certificate = Data((0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 167) })
        secrets["keyless"] = good
        secrets["keyless"]?.key = Data()
        // Two mebibytes of certificates.
        secrets["huge"] = other
        let copies = (2 << 20) / other.certificate.count
        secrets["huge"]?.certificate = Data((0..<copies).flatMap { _ in other.certificate })
        return secrets
    }
}
