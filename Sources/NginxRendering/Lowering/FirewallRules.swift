import Incremental
import NginxSyntax
import ProxyConfiguration

/// The directives of ModSecurity that locations have in common, and where they stand.
struct FirewallRules: Sendable, Hashable {
    /// Whether any location is filtered.
    let isUsed: Bool
    /// Whether `http` has the common rules, for locations to inherit.
    let areShared: Bool
    /// The core rules; empty where there are none.
    private let core: [TextBlock]

    /// The room that a copy of the core rules takes, by that of their inheritance by one block, as measured.
    private static let blocksForCopy = 900

    /// Decides where the common rules stand.
    ///
    /// To read the core rules takes long, and much memory; to inherit them takes each block of nginx a little. Whatever
    /// `http` has is inherited, so that it has them only where no location wants others.
    init(of configuration: Configuration) {
        guard let module = configuration.settings.firewall else {
            (isUsed, areShared, core) = (false, false, [])
            return
        }
        core = module.coreRules.flatMap(TextBlock.init).map { [$0] } ?? []
        var blockCount = 0
        var filtered = 0
        var withoutCore = 0
        for server in configuration.servers {
            blockCount += 1 + server.locations.count
            for location in server.locations {
                guard let firewall = location.policy.value.firewall?.value else { continue }
                filtered += 1
                if !firewall.usesCoreRules { withoutCore += 1 }
            }
        }
        isUsed = filtered > 0
        areShared = withoutCore == 0 && filtered > 1 && blockCount < (filtered - 1) * Self.blocksForCopy
    }

    /// What `http` has of them.
    var shared: FirewallContext? {
        areShared ? FirewallContext(isOn: false, rules: [Self.base] + core) : nil
    }

    func context(_ firewall: Firewall) -> FirewallContext {
        let common = areShared ? [] : [Self.base] + (firewall.usesCoreRules ? core : [])
        return FirewallContext(
            isOn: firewall.isOn,
            rules: firewall.rules + common,
            transactionID: firewall.transactionID
        )
    }

    /// The settings where no rule of a user has others: nothing is refused unless one says `SecRuleEngine On`.
    private static let base = TextBlock(
        known: #"""
            SecRuleEngine DetectionOnly
            SecRequestBodyAccess On
            SecRequestBodyLimit 13107200
            SecRequestBodyNoFilesLimit 131072
            SecRequestBodyLimitAction Reject
            SecRequestBodyJsonDepthLimit 512
            SecArgumentsLimit 1000
            SecArgumentSeparator &
            SecCookieFormat 0
            SecPcreMatchLimit 1000
            SecPcreMatchLimitRecursion 1000
            SecResponseBodyAccess On
            SecResponseBodyMimeType text/plain text/html text/xml
            SecResponseBodyLimit 524288
            SecResponseBodyLimitAction ProcessPartial
            SecAuditEngine Off
            SecAuditLogParts ABIJDEFHZ
            SecAuditLogType Serial
            SecStatusEngine Off
            SecRule REQUEST_HEADERS:Content-Type "@rx ^(?:application(?:/soap\+|/)|text/)xml" "id:200000,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=XML"
            SecRule REQUEST_HEADERS:Content-Type "@rx ^application/json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
            SecRule REQBODY_ERROR "!@eq 0" "id:200002,phase:2,t:none,log,deny,status:400,msg:'The body of the request cannot be read'"
            SecRule MULTIPART_STRICT_ERROR "!@eq 0" "id:200003,phase:2,t:none,log,deny,status:400,msg:'The parts of the body of the request are not as they should be'"
            SecRule MULTIPART_UNMATCHED_BOUNDARY "@eq 1" "id:200004,phase:2,t:none,log,deny,msg:'A part of the body of the request may have another boundary'"
            SecRule TX:/^MSC_/ "!@streq 0" "id:200005,phase:2,t:none,log,deny,msg:'ModSecurity has given up'"
            SecRule &ARGS "@ge 1000" "id:200007,phase:2,t:none,log,deny,status:400,msg:'There are too many arguments'"
            """#
    )
}

extension TextBlock {
    /// Directives that read the files of a rule set.
    fileprivate init?(_ set: CoreRuleSet) {
        self.init(set.files.compactMap { Text("Include \($0.value)") })
    }
}
