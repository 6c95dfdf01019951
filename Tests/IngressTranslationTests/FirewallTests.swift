import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Filters of requests on an nginx that has the module for them.
struct FirewallTests {
    private static let rules = CoreRuleSet([FilePath(known: "/crs/setup.conf"), FilePath(known: "/crs/rules/*.conf")])

    private func result(
        _ annotations: [String: String],
        global: [String: String] = [:],
        hasCoreRules: Bool = true
    ) throws -> Translation {
        var snapshot = snapshot(
            [ingress(annotations: annotations, rule("a.example", path("/a")))],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        snapshot.configMaps = [globalConfigMap(global.merging(["annotations-risk-level": "Critical"]) { $1 })]
        let settings = try settings {
            $0.globalConfigMap = globalName
            $0.coreRules = hasCoreRules ? Self.rules : nil
            $0.capabilities = NginxCapabilities(versionOutput: "nginx version: nginx/1.22.1 --modules-path=/modules")?
                .loading(from: ["ngx_http_modsecurity_module.so"])
        }
        return translate(snapshot, with: settings)
    }

    private func firewall(_ result: Translation) -> Firewall? {
        result.server("a.example")?.locations.lazy.compactMap { $0.policy.value.firewall?.value }.first
    }

    @Test(
        arguments: [
            (nil, nil, false), ("true", nil, true), ("false", nil, false), (nil, "true", true),
            ("false", "true", false),
            ("true", "false", true), (nil, "false", false),
        ] as [(String?, String?, Bool)]
    )
    func `an Ingress says whether its requests are filtered, and else the ConfigMap`(
        _ annotation: String?,
        _ key: String?,
        _ isFiltered: Bool
    ) throws {
        var annotations: [String: String] = [:]
        annotations["enable-modsecurity"] = annotation
        var keys: [String: String] = [:]
        keys["enable-modsecurity"] = key
        let result = try result(annotations, global: keys)
        #expect(result.codes == [])
        #expect(firewall(result) == (isFiltered ? Firewall(usesCoreRules: false) : nil))
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test(arguments: ["", " ", "on", "yes"]) func `a value that is neither closes`(_ value: String) throws {
        let result = try result(["enable-modsecurity": value])
        #expect(result.codes == ["annotation-invalid"])
        #expect(result.answer("a.example", "/a") == "503")
    }

    @Test func `the core rules are those that the Ingress, or a ConfigMap, or a snippet of either asks for`() throws {
        let include = "Include /etc/nginx/owasp-modsecurity-crs/nginx-modsecurity.conf"
        let on = ["enable-modsecurity": "true"]
        for (annotations, keys) in [
            (["enable-owasp-core-rules": "true"], [:]), ([:], ["enable-owasp-modsecurity-crs": "true"]),
            (["modsecurity-snippet": include], [:]), ([:], ["modsecurity-snippet": include]),
            (["enable-owasp-core-rules": "false"], ["enable-owasp-modsecurity-crs": "true"]),
        ] {
            let annotations = annotations.merging(on) { $1 }
            let there = try result(annotations, global: keys)
            #expect(there.codes == [])
            #expect(firewall(there)?.usesCoreRules == true)
            let missing = try result(annotations, global: keys, hasCoreRules: false)
            #expect(missing.codes == ["core-rules-missing"] || keys["enable-modsecurity"] == nil && missing.codes == [])
            #expect(missing.answer("a.example", "/a") == "503")
        }
    }

    @Test func `what is set without the filter has no effect`() throws {
        let result = try result([
            "enable-owasp-core-rules": "true", "modsecurity-snippet": "SecRuleEngine On",
            "modsecurity-transaction-id": "$request_id",
        ])
        #expect(result.codes == ["annotation-not-read", "annotation-not-read", "annotation-not-read"])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test func `rules of the Ingress come before those of all, and requests have the name that is set`() throws {
        let result = try result(
            [
                "enable-modsecurity": "true", "modsecurity-snippet": "SecRuleEngine On",
                "modsecurity-transaction-id": "shop-$request_id",
            ],
            global: ["modsecurity-snippet": "SecRuleEngine Off"]
        )
        #expect(result.codes == [])
        let filter = try #require(firewall(result))
        #expect(filter.rules.map { $0.lines.map(\.value) } == [["SecRuleEngine On"], ["SecRuleEngine Off"]])
        #expect(filter.transactionID?.description == "shop-$request_identifier")
    }

    // MARK: Texts

    private func lines(_ text: String, in place: Place = .annotation) throws -> [String]? {
        let result = try result(
            ["enable-modsecurity": "true"].merging(place == .annotation ? ["modsecurity-snippet": text] : [:]) { $1 },
            global: place == .annotation ? [:] : ["modsecurity-snippet": text]
        )
        guard result.answer("a.example", "/a") != "503" else { return nil }
        return firewall(result)?.rules.flatMap { $0.lines.map(\.value) }
    }

    enum Place: CaseIterable { case annotation, key }

    @Test func `directives are written anew, a line each`() throws {
        let text = #"""
            # Blocks what asks for it.
            secruleengine DetectionOnly
              SecRule ARGS:a|ARGS:b "@rx ^x \"y\" 'z'$" \
                "id:1,\
                phase:2,\
                deny,chain"
            SecRule &ARGS "@ge 3" "t:none"

            SecRuleEngine On
            SecAction "id:'2',phase:1,nolog,pass,setvar:tx.paranoia_level=2"
            SecRuleRemoveById 920350 "930000-930999"
            SecRuleUpdateTargetById 942100 "!ARGS:password"
            SecAuditLog /dev/stdout
            """#
        let expected = [
            "SecAuditLog /dev/stdout", "SecRuleEngine On",
            #"SecRule ARGS:a|ARGS:b "@rx ^x \"y\" 'z'$" "id:1,phase:2,deny,chain""#, #"SecRule &ARGS "@ge 3" "t:none""#,
            #"SecAction "id:'2',phase:1,nolog,pass,setvar:tx.paranoia_level=2""#,
            #"SecRuleRemoveById 920350 "930000-930999""#, #"SecRuleUpdateTargetById 942100 "!ARGS:password""#,
        ]
        for place in Place.allCases { #expect(try lines(text, in: place) == expected) }
    }

    @Test(arguments: [
        "SecRuleScript /tmp/x.lua", "Include /etc/passwd", "IncludeOptional /x",
        "SecRemoteRules key https://x.example/",
        "SecAuditLog /etc/cron.d/x", "SecAuditLog |/bin/sh", "SecAuditLog /var/log/nginx/../x",
        "SecAuditLogStorageDir /tmp", #"SecAction "id:1,exec:/bin/sh""#,
        #"SecAction "id:1,EXEC : /bin/sh""#, #"SecRule ARGS "@pmFromFile /etc/passwd" "id:1""#,
        #"SecRule ARGS "@pmf https://x.example/" "id:1""#, #"SecRule ARGS "!@inspectFile /bin/sh" "id:1""#,
        #"SecRule REMOTE_ADDR "@rbl x.example" "id:1""#, #"SecRule REMOTE_ADDR "@ipMatchFromFile /x" "id:1""#,
        #"SecRule XML "@validateDTD /x" "id:1""#, #"SecRule ENV:PATH "@rx ." "id:1""#, #"SecRule ARGS|!env "x" "id:1""#,
        #"SecRule ARGS "x" "id:1,msg:'%{ENV.KUBERNETES_SERVICE_HOST}'""#, #"SecAction "id:1,setenv:A=b""#,
        #"SecAction "id:1,initcol:ip=%{REMOTE_ADDR}""#, #"SecAction "id:1,setvar:ip.blocked=1""#,
        #"SecRuleUpdateActionById 1 "setvar:ip.a=1""#, #"SecRuleUpdateTargetById 1 "ENV:PATH""#,
        #"SecRuleUpdateTargetByTag x "ARGS,!ENV""#, #"SecDefaultAction "phase:1,pass,setvar:global.a=1""#,
        #"SecAction "id:1,setvar:'!global.x'""#, #"SecAction "id:1,expirevar:tx.a=1""#,
        #"SecAction "id:1" SecRuleScript /x"#,
        #"SecAction "id:1" "SecRuleScript /x""#, "SecRule ARGS \"x\\\\\" \"id:1\"", "SecRule ARGS \"x",
        "SecRule ARGS 'x' 'id:1'",
        "SecRuleEngine \\\nSecRuleScript", "SecRule\\\nScript /x", "SecRule ARGS \"x\" \"phase:1,deny\"",
        "SecAction \"id:1\"\nSecAction \"id:1\"", "SecAction \"id:200002\"", "SecRule ARGS \"x\" \"id:1,chain\"",
        "modsecurity on;",
        "SecRuleEngine On; SecRuleScript /x", "';} location / {", "\u{0}SecRuleEngine On",
        "SecAction \"id:1,msg:'\u{1B}'\"",
    ])
    func `what reaches beyond the filter closes`(_ text: String) throws {
        for place in Place.allCases { #expect(try lines(text, in: place) == nil, "\(place)") }
    }

    @Test func `a log may be a file where the ConfigMap of all says so`() throws {
        let text = "SecAuditLog /var/log/nginx/audit.log"
        #expect(try lines(text) == nil)
        #expect(try lines(text, in: .key) == [text])
    }

    @Test func `what is about files is left out, and said`() throws {
        let result = try result([
            "enable-modsecurity": "true",
            "modsecurity-snippet": "SecTmpDir /tmp\nSecRuleEngine On\nSecUnicodeMapFile unicode.mapping 20127",
        ])
        #expect(result.codes == ["annotation-invalid", "annotation-invalid"])
        #expect(firewall(result)?.rules.map { $0.lines.map(\.value) } == [["SecRuleEngine On"]])
    }

    @Test func `long texts become several blocks, none of which parts a chain`() throws {
        let rules = (1...200).map { number in
            #"SecRule ARGS "@streq \#(number)" "id:\#(number),phase:1,deny,chain""#
                + "\nSecRule ARGS \"@rx b\" \"t:none\""
        }
        let result = try result([
            "enable-modsecurity": "true", "modsecurity-snippet": rules.joined(separator: "\n"),
        ])
        let blocks = try #require(firewall(result)).rules
        #expect(blocks.count > 3)
        #expect(blocks.flatMap(\.lines).count == 400)
        #expect(blocks.allSatisfy { $0.lines.count.isMultiple(of: 2) && $0.lines[0].value.contains("chain") })
    }
}
