import Diagnostics
import Testing

@testable import IngressTranslation

/// The lines of password files that nginx can make something of.
struct PasswordFileTests {
    private static let hash = "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/"

    private func file(_ text: String) -> PasswordFile { PasswordFile(file: SecretBytes(Array(text.utf8))) }

    private func content(_ file: PasswordFile) -> String { String(decoding: file.content.bytes, as: UTF8.self) }

    @Test(arguments: [
        "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/", "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
        "{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0", "abNANd1rDfiNc", "$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1",
        "$2y$10$.51DQO5D6r.o93MB.33luuhV1Iy2fjbixIOoCaOeyhrj9SVm6ukBW",
        "$5$rounds=5000$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.",
        "$y$j9T$abcdefgh$IUWJt2doU4Kf6E/JP1UkAT3S5O3Q7SSA8SJirXIlEu9",
    ])
    func `a hash that nginx checks is taken`(_ hash: String) {
        let file = file("ann:\(hash)")
        #expect(content(file) == "ann:\(hash)\n")
        #expect(file.faults == [])
    }

    @Test(arguments: [
        "", "secret", "{PLAIN}secret", "{PLAIN}", "{SHA}", "{SHA}x", "$apr1$$", "$apr1$abcdefgh$short", "*", "!", "x",
        "$2y$03$.51DQO5D6r.o93MB.33luuhV1Iy2fjbixIOoCaOeyhrj9SVm6ukBW",
        "$2y$31$.51DQO5D6r.o93MB.33luuhV1Iy2fjbixIOoCaOeyhrj9SVm6ukBW", "$5$rounds=999999999$a$b", "abNANd1rDfiNc;",
        "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/ ", "\u{0}",
    ])
    func `any other is left out`(_ hash: String) {
        let file = file("ann:\(hash)")
        #expect(content(file) == "")
        #expect(file.faults.map(\.place) == ["line 1"])
    }

    @Test func `comments, empty lines and ends of lines as Windows has them are passed over`() {
        let file = file("# ann:x\n\r\n\nann:\(Self.hash)\r\nbob:\(Self.hash):a comment\n")
        #expect(content(file) == "ann:\(Self.hash)\nbob:\(Self.hash)\n")
        #expect(file.faults == [])
        #expect(file.count == 2)
    }

    @Test func `a line counts from one, and what no client could be is left out`() {
        let file = file("\n:\(Self.hash)\na\u{7}b:\(Self.hash)\nann\n")
        #expect(content(file) == "")
        #expect(file.faults.map(\.place) == ["line 2", "line 3", "line 4"])
    }

    /// nginx stops at the first line of a user.
    @Test func `the first line of a user counts, be it good or not`() {
        #expect(content(file("ann:\(Self.hash)\nann:abNANd1rDfiNc\n")) == "ann:\(Self.hash)\n")
        let file = file("ann:nonsense\nann:\(Self.hash)\n")
        #expect(content(file) == "")
        #expect(file.faults.count == 2)
    }

    @Test(arguments: ["#ann", "a:b", "", "a\nb"]) func `a key that is no name of a user is left out`(_ key: String) {
        let file = PasswordFile(map: [key: SecretBytes(Array(Self.hash.utf8))])
        #expect(content(file) == "")
        #expect(file.faults.count == 1)
    }

    @Test func `a value of a key is one hash and not two lines`() {
        let file = PasswordFile(map: ["ann": SecretBytes(Array("\(Self.hash)\nbob:\(Self.hash)".utf8))])
        #expect(content(file) == "")
    }

    @Test func `another password has another fingerprint`() {
        let summaries = ["ann:\(Self.hash)", "ann:abNANd1rDfiNc", "bob:\(Self.hash)"].map { file($0).summary }
        #expect(Set(summaries).count == 3)
    }
}
