import Testing

struct ConfigurationExcerptTests {
    private static let baseline = """
        user a;

        http {
            log off;

            server {
                listen 80;

                location / {
                }
            }
        }

        """

    private func excerpt(_ replacement: (old: String, new: String)) -> String {
        let configuration = Self.baseline.replacing(replacement.old, with: replacement.new)
        return ConfigurationExcerpt(of: configuration, besides: Self.baseline).text
    }

    @Test func `what is as in the baseline is left out`() {
        #expect(excerpt(("", "")) == "…\n")
    }

    @Test func `what is added is shown where it stands`() {
        let added = "    map {\n    }\n\n    server {\n"
        #expect(excerpt(("    server {\n", added)) == "…\n\n    map {\n    }\n…\n")
    }

    @Test(arguments: [
        ("listen 80;", "listen 81;"), ("location / {\n", "location / {\n            a;\n"),
        ("}\n    }\n}", "}\n    }\n\n}"),
    ])
    func `a change anywhere in a block is seen`(old: String, new: String) {
        #expect(excerpt((old, new)) != "…\n")
    }

    @Test func `what is missing is named`() {
        #expect(excerpt(("user a;\n\n", "")) == "# without: user a;\n…\n")
    }
}
