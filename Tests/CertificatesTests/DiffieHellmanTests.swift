import Diagnostics
import Testing

@testable import Certificates

/// Parameters of key exchange that nginx refuses to load, or that keep nobody out.
struct DiffieHellmanTests {
    @Test(
        arguments: [
            ("dhparam -dsaparam -out dh.pem 512", "fewer than 1024 bits"),
            ("dhparam -dsaparam -out dh.pem 1024", "dh key too small"),
            ("genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048 -out dh.pem", nil),
            ("genpkey -genparam -algorithm DH -pkeyopt group:ffdhe3072 -out dh.pem", nil),
            ("ecparam -name prime256v1 -out dh.pem", "holds no Diffie-Hellman parameters"),
            ("genrsa -out dh.pem 2048", "holds no Diffie-Hellman parameters"),
        ] as [(String, String?)]
    )
    func `are taken where OpenSSL takes them at the usual level, and have 1024 bits at the least`(
        _ command: String,
        _ refusal: String?
    ) throws {
        let bench = try Workbench()
        try bench.openssl(command)
        let text = try bench.read("dh.pem")
        do throws(DiffieHellmanParameters.Defect) {
            let parameters = try DiffieHellmanParameters(text, at: 2)
            #expect(refusal == nil && parameters.bits >= 2_048)
        } catch {
            #expect(error.reason.contains(refusal ?? "nothing"), "\(error.reason)")
        }
    }

    @Test func `shorter ones are taken at a level that asks for less`() throws {
        let bench = try Workbench()
        try bench.openssl("dhparam -dsaparam -out dh.pem 1024")
        #expect(try DiffieHellmanParameters(try bench.read("dh.pem"), at: 1).bits == 1_024)
    }
}
