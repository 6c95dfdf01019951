package import Diagnostics
import OpenSSL

/// Parameters of a Diffie-Hellman key exchange.
package struct DiffieHellmanParameters: Sendable, Hashable {
    /// The text that nginx reads: PEM, written anew from the decoded bytes, so that no other text of the input is in it.
    package let content: SecretBytes
    /// The length of the prime in bits.
    package let bits: Int

    /// Why parameters do not serve.
    package struct Defect: Error, Hashable {
        /// The end of a sentence about the text.
        package let reason: String
    }

    private static let labels = ["DH PARAMETERS", "X9.42 DH PARAMETERS"]

    /// Reads the value `dhparam.pem` of a Secret, as nginx at a level of security would.
    package init(_ text: SecretBytes, at securityLevel: Int) throws(Defect) {
        guard text.bytes.count <= CertificateBundle.largestPart,
            let blocks = try? PEMReader.blocks(of: .certificateChain, in: text),
            let block = blocks.first(where: { Self.labels.contains($0.label) }), let der = block.decoded()
        else { throw Defect(reason: "holds no Diffie-Hellman parameters in PEM") }
        content = PEMBlock.encode(der, label: block.label)
        do throws(KeyExchangeParameters.Refusal) {
            bits = try KeyExchangeParameters.check(content, securityLevel: securityLevel)
        } catch {
            throw Defect(reason: "holds parameters that nginx would refuse: \(error.reason)")
        }
    }
}
