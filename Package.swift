// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// For the targets that call C: each unsafe expression says so.
let unsafeSettings: [SwiftSetting] = settings + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let swiftASN1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

let package = Package(
    name: "postern",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2"),
    ],
    targets: [
        // Layer 0: words that everything else is written in.
        .target(name: "Diagnostics", swiftSettings: settings),
        .target(name: "TextCoding", swiftSettings: settings),
        .target(name: "Searching", swiftSettings: settings),
        .target(name: "Timing", swiftSettings: settings),
        .target(name: "TextDiff", dependencies: ["Searching"], swiftSettings: settings),
        .target(name: "Incremental", swiftSettings: settings),
        .target(
            name: "HTML",
            dependencies: ["Diagnostics", crypto],
            resources: [.embedInCode("Page/page.css"), .embedInCode("Page/page.js")],
            swiftSettings: settings
        ),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .target(name: "CCurlShim", dependencies: ["CLibCurl"]),
        .target(name: "CLinuxShim"),
        .target(name: "FileWatching", swiftSettings: unsafeSettings),
        .target(name: "Sockets", dependencies: ["CLinuxShim"], swiftSettings: unsafeSettings),
        .target(name: "Curl", dependencies: ["CCurlShim", "Diagnostics"], swiftSettings: unsafeSettings),
        .target(
            name: "NginxSyntax",
            dependencies: ["CPCRE2", "Diagnostics", "TextCoding"],
            swiftSettings: unsafeSettings
        ),
        .target(name: "OpenSSL", dependencies: ["COpenSSL", "Diagnostics"], swiftSettings: unsafeSettings),
        .target(
            name: "Templates",
            path: "Templates",
            resources: [
                "nginx", "process", "log", "resources", "tls", "headers", "forwarding", "declaration", "upstream",
                "server", "location", "guards", "script", "act", "response-headers", "response-changes", "question",
                "errors", "mirror", "stream", "stream-server", "passthrough", "generation", "places", "firewall",
                "exporter",
            ].map { .embedInCode("\($0).tmpl") },
            swiftSettings: settings
        ),

        // Layer 1: what Kubernetes says, what the proxy should do, how text and certificates are read.
        .target(name: "KubernetesModel", dependencies: ["Diagnostics", "Incremental"], swiftSettings: settings),
        .target(
            name: "ProxyConfiguration",
            dependencies: ["NginxSyntax", "Diagnostics", "Incremental", "Searching", "TextCoding"],
            swiftSettings: settings
        ),
        .target(name: "YAML", dependencies: ["CLibYAML", "Diagnostics", "TextCoding"], swiftSettings: unsafeSettings),
        .target(
            name: "Certificates",
            dependencies: [
                "Diagnostics", "OpenSSL", "TextCoding", crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"), swiftASN1, x509,
            ],
            swiftSettings: settings
        ),

        // Layer 2: the pure stages.
        .target(
            name: "Template",
            dependencies: ["NginxSyntax", "Diagnostics", "Incremental", "Searching"],
            swiftSettings: settings
        ),
        .target(
            name: "Manifests",
            dependencies: ["YAML", "KubernetesModel", "NginxSyntax", "Diagnostics", "TextCoding"],
            swiftSettings: settings
        ),
        .target(
            name: "IngressTranslation",
            dependencies: [
                "KubernetesModel", "ProxyConfiguration", "NginxSyntax", "Certificates", "Diagnostics", "Incremental",
                "OpenSSL", "Searching", "TextCoding", crypto,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "NginxRendering",
            dependencies: [
                "ProxyConfiguration", "NginxSyntax", "Template", "Templates", "Diagnostics", "Incremental",
                "Searching", "TextCoding", crypto,
            ],
            swiftSettings: settings
        ),

        // Layer 3: what reconciles, and what touches nginx.
        .target(
            name: "Controller",
            dependencies: [
                "IngressTranslation", "KubernetesModel", "ProxyConfiguration", "Diagnostics", "TextCoding", "Timing",
                crypto,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "FolderSource",
            dependencies: ["FileWatching", "Manifests", "KubernetesModel", "Diagnostics", "TextCoding"],
            swiftSettings: unsafeSettings
        ),
        .target(
            name: "ClusterSource",
            dependencies: ["KubernetesClient", "Manifests", "KubernetesModel", "YAML", "Diagnostics", "Timing"],
            swiftSettings: settings
        ),
        .target(
            name: "KubernetesClient",
            dependencies: [
                "Curl", "YAML", "KubernetesModel", "Diagnostics", "TextCoding", "Timing", subprocess, systemPackage,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "NginxControl",
            dependencies: [
                "CLinuxShim", "Controller", "Curl", "Diagnostics", "FileWatching", "Incremental", "IngressTranslation",
                "NginxRendering", "NginxSyntax", "ProxyConfiguration", "Searching", "Template", "TextCoding",
                "Timing", crypto, subprocess, systemPackage,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "ClusterReporting",
            dependencies: ["Diagnostics", "Incremental", "KubernetesClient", "KubernetesModel", "TextCoding", crypto],
            swiftSettings: settings
        ),
        .target(name: "BoundedServer", dependencies: ["Sockets"], swiftSettings: settings),
        .target(name: "NameServer", dependencies: ["NginxSyntax", "Sockets"], swiftSettings: settings),
        .target(
            name: "Monitoring",
            dependencies: [
                "BoundedServer", "Controller", "Diagnostics", "IngressTranslation", "NameServer", "NginxSyntax",
                "ProxyConfiguration", "Sockets",
            ],
            swiftSettings: settings
        ),

        // Layer 4: what a user runs.
        .target(
            name: "Daemon",
            dependencies: [
                "ClusterReporting", "ClusterSource", "Controller", "Diagnostics", "FolderSource", "Incremental",
                "IngressTranslation", "KubernetesClient", "KubernetesModel", "Monitoring", "NameServer", "NginxControl",
                "NginxRendering", "NginxSyntax", "ProxyConfiguration", logging,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "EchoBackend",
            dependencies: [
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Commands",
            dependencies: [
                "Certificates", "ClusterReporting", "ClusterSource", "Controller", "Curl", "Daemon", "Diagnostics",
                "EchoBackend", "FolderSource", "HTML", "IngressTranslation", "KubernetesClient", "KubernetesModel",
                "Manifests", "Monitoring", "NginxControl", "NginxRendering", "NginxSyntax", "OpenSSL",
                "ProxyConfiguration", "Template", "TextCoding", "TextDiff", "YAML", argumentParser, crypto,
                .product(name: "FlyingSocks", package: "FlyingFox"), subprocess,
            ],
            resources: ["fanout", "rewrite", "services", "tls", "virtual-hosts"].map {
                .embedInCode("Demo/Manifests/\($0).yaml")
            },
            swiftSettings: settings
        ),
        .executableTarget(name: "postern", dependencies: ["Commands"], swiftSettings: settings),
        .executableTarget(
            name: "postern-benchmark",
            dependencies: [
                "Certificates", "ControlPlaneTestSupport", "Controller", "Curl", "Daemon", "Diagnostics",
                "IngressTranslation", "KubernetesClient", "KubernetesModel", "Manifests", "Monitoring", "NginxControl",
                "NginxRendering", "NginxSyntax", "NginxTestSupport", "ProxyConfiguration", "Template", "TestSupport",
            ],
            path: "Sources/Benchmark",
            swiftSettings: settings
        ),

        // What tests are written with, by what they test: an edit rebuilds only the tests that use it.
        .target(
            name: "TestSupport",
            dependencies: [
                "TextCoding", crypto, subprocess, systemPackage,
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "NginxTestSupport",
            dependencies: ["TestSupport", subprocess, systemPackage],
            swiftSettings: settings
        ),
        .target(name: "CurlTestSupport", dependencies: ["EchoBackend", "TestSupport"], swiftSettings: settings),
        .target(
            name: "RequestTestSupport",
            dependencies: ["CurlTestSupport", "Diagnostics", "EchoBackend", "TestSupport", "YAML"],
            swiftSettings: settings
        ),
        .target(
            name: "APIServerTestSupport",
            dependencies: ["TestSupport", .product(name: "FlyingSocks", package: "FlyingFox")],
            swiftSettings: settings
        ),
        .target(
            name: "ControlPlaneTestSupport",
            dependencies: ["TestSupport", .product(name: "FlyingSocks", package: "FlyingFox")],
            swiftSettings: settings
        ),
        .target(
            name: "ControllerTestSupport",
            dependencies: ["CurlTestSupport", "TestSupport", subprocess, systemPackage],
            swiftSettings: settings
        ),

        // Tests, each of one module or of the program.
        .testTarget(
            name: "CommandsTests",
            // The tests run the program itself.
            dependencies: [
                "APIServerTestSupport", "Certificates", "Commands", "Diagnostics", "IngressTranslation", "Manifests",
                "NginxSyntax", "ProxyConfiguration", "TestSupport", "postern", argumentParser,
            ],
            exclude: ["Formats", "Golden", "Migration"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "BrowserTests",
            // The tests run the program itself.
            dependencies: ["CurlTestSupport", "TestSupport", "postern"],
            swiftSettings: settings
        ),
        .testTarget(name: "HTMLTests", dependencies: ["HTML", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "NginxSyntaxTests",
            dependencies: ["NginxSyntax", "Diagnostics", "TestSupport", "TextCoding"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "TemplateTests",
            dependencies: ["Template", "NginxSyntax", "Diagnostics", "TestSupport"],
            exclude: ["Wrong"],
            swiftSettings: settings
        ),
        .testTarget(name: "YAMLTests", dependencies: ["YAML", "Diagnostics", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "ManifestsTests",
            dependencies: ["Manifests", "YAML", "KubernetesModel", "Diagnostics", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FolderSourceTests",
            dependencies: [
                "FileWatching", "FolderSource", "Manifests", "KubernetesModel", "Diagnostics", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ClusterSourceTests",
            dependencies: [
                "APIServerTestSupport", "ControlPlaneTestSupport", "ClusterSource", "Diagnostics", "KubernetesClient",
                "KubernetesModel", "TestSupport", "Timing",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "KubernetesClientTests",
            dependencies: [
                "APIServerTestSupport", "ControlPlaneTestSupport", "Curl", "Diagnostics", "KubernetesClient",
                "KubernetesModel", "TestSupport", "Timing", "YAML",
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CertificatesTests",
            dependencies: [
                "Certificates", "Diagnostics", "OpenSSL", "TestSupport", "TextCoding", crypto, swiftASN1, x509,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FixtureTests",
            dependencies: [
                "CurlTestSupport", "NginxTestSupport", "RequestTestSupport", "Certificates", "Commands", "Controller",
                "Diagnostics", "EchoBackend", "Incremental", "IngressTranslation", "Manifests",
                "NginxControl", "NginxRendering", "NginxSyntax", "ProxyConfiguration", "TestSupport", "TextCoding",
                "TextDiff", argumentParser, crypto,
            ],
            exclude: ["Resources"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DemoTests",
            dependencies: ["TestSupport", subprocess, .product(name: "FlyingSocks", package: "FlyingFox")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "RunTests",
            // The tests run the program itself.
            dependencies: [
                "ControlPlaneTestSupport", "ControllerTestSupport", "CurlTestSupport", "Daemon", "EchoBackend",
                "NginxControl", "NginxRendering", "NginxTestSupport", "TestSupport", crypto,
                .product(name: "FlyingSocks", package: "FlyingFox"), subprocess, systemPackage, "postern",
            ],
            exclude: ["Resources"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ProxyConfigurationTests",
            dependencies: [
                "Incremental", "NginxTestSupport", "ProxyConfiguration", "NginxSyntax", "Diagnostics", "TestSupport",
                "TextCoding",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "IngressTranslationTests",
            dependencies: [
                "IngressTranslation", "Manifests", "KubernetesModel", "ProxyConfiguration", "NginxSyntax",
                "Certificates", "Diagnostics", "Incremental", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "NginxRenderingTests",
            dependencies: [
                "NginxTestSupport", "Certificates", "Incremental", "NginxRendering", "ProxyConfiguration",
                "NginxSyntax",
                "Template",
                "Templates",
                "Diagnostics", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "NginxControlTests",
            dependencies: [
                "Certificates", "Commands", "Controller", "Curl", "Diagnostics", "Incremental", "IngressTranslation",
                "KubernetesModel",
                "Manifests", "NginxControl", "NginxRendering", "NginxSyntax", "ProxyConfiguration", "Template",
                "TestSupport", .product(name: "FlyingSocks", package: "FlyingFox"), subprocess, systemPackage,
                "postern",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ControllerTests",
            dependencies: [
                "Certificates", "Controller", "Diagnostics", "IngressTranslation", "KubernetesModel", "Manifests",
                "NginxSyntax", "ProxyConfiguration", "TestSupport", "Timing",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ClusterReportingTests",
            dependencies: [
                "ControlPlaneTestSupport", "ClusterReporting", "Curl", "Diagnostics", "KubernetesClient",
                "KubernetesModel", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ClusterRunTests",
            // The tests run the program itself.
            dependencies: [
                "ControlPlaneTestSupport", "ControllerTestSupport", "CurlTestSupport", "EchoBackend", "TestSupport",
                "postern",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MonitoringTests",
            dependencies: [
                "CurlTestSupport", "BoundedServer", "Controller", "Diagnostics", "IngressTranslation",
                "KubernetesModel", "Monitoring", "NameServer",
                "NginxSyntax", "ProxyConfiguration", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ControlPlaneTests",
            dependencies: ["ControlPlaneTestSupport", "CurlTestSupport", "EchoBackend", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ConformanceTests",
            // The tests run the program itself.
            dependencies: [
                "ControlPlaneTestSupport", "ControllerTestSupport", "CurlTestSupport", "EchoBackend", "TestSupport",
                "postern",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DeploymentTests",
            // The tests run the program itself.
            dependencies: [
                "ControlPlaneTestSupport", "CurlTestSupport", "NginxTestSupport", "EchoBackend", "TestSupport",
                "postern", subprocess, systemPackage,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "LoadTests",
            dependencies: [
                "ControllerTestSupport", "NginxTestSupport", "Certificates", "Controller", "Diagnostics",
                "FolderSource", "IngressTranslation", "NginxRendering",
                "NginxSyntax", "ProxyConfiguration", "Template", "TestSupport",
                // The tests run the program itself.
                "postern",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AttackTests",
            dependencies: [
                "ControlPlaneTestSupport", "ControllerTestSupport", "CurlTestSupport", "Commands", "Controller",
                "Diagnostics", "EchoBackend", "IngressTranslation", "KubernetesModel",
                "Manifests", "Monitoring", "NginxControl", "NginxRendering", "NginxSyntax", "ProxyConfiguration",
                "Template", "TestSupport", crypto, subprocess, systemPackage,
                // The tests run the program itself.
                "postern",
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: settings),
        .testTarget(
            name: "NameServerTests",
            dependencies: ["NameServer", "NginxSyntax", "NginxTestSupport", "Sockets", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(name: "TextCodingTests", dependencies: ["TextCoding"], swiftSettings: settings),
        .testTarget(name: "SearchingTests", dependencies: ["Searching"], swiftSettings: settings),
        .testTarget(name: "TimingTests", dependencies: ["Timing"], swiftSettings: settings),
        .testTarget(name: "IncrementalTests", dependencies: ["Incremental", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "TextDiffTests", dependencies: ["TextDiff"], swiftSettings: settings),
        .testTarget(
            name: "TestSupportTests",
            dependencies: ["CurlTestSupport", "NginxTestSupport", "RequestTestSupport", "TestSupport", "EchoBackend"],
            swiftSettings: settings
        ),
    ]
)
