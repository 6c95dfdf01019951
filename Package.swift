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

let package = Package(
    name: "postern",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // Layer 0: words that everything else is written in.
        .target(name: "Diagnostics", swiftSettings: settings),
        .target(name: "TextDiff", swiftSettings: settings),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .target(name: "NginxSyntax", dependencies: ["CPCRE2", "Diagnostics"], swiftSettings: unsafeSettings),

        // Layer 1: what Kubernetes says, what the proxy should do, how text is read.
        .target(name: "KubernetesModel", dependencies: ["Diagnostics"], swiftSettings: settings),
        .target(name: "ProxyConfiguration", dependencies: ["NginxSyntax", "Diagnostics"], swiftSettings: settings),
        .target(name: "YAML", dependencies: ["CLibYAML", "Diagnostics"], swiftSettings: unsafeSettings),

        // Layer 2: the pure stages.
        .target(name: "Template", dependencies: ["NginxSyntax", "Diagnostics"], swiftSettings: settings),
        .target(
            name: "Manifests",
            dependencies: ["YAML", "KubernetesModel", "Diagnostics"],
            swiftSettings: settings
        ),
        .target(
            name: "IngressTranslation",
            dependencies: ["KubernetesModel", "ProxyConfiguration", "NginxSyntax", "Certificates", "Diagnostics"],
            swiftSettings: settings
        ),
        .target(
            name: "NginxRendering",
            dependencies: [
                "ProxyConfiguration", "NginxSyntax", "Template", "Templates", "Diagnostics",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Templates",
            path: "Templates",
            resources: [.embedInCode("nginx.tmpl"), .embedInCode("server.tmpl"), .embedInCode("location.tmpl"), .embedInCode("upstream.tmpl")],
            swiftSettings: settings
        ),

        .testTarget(name: "NginxSyntaxTests", dependencies: ["NginxSyntax", "Diagnostics"], swiftSettings: settings),
        .testTarget(name: "TemplateTests", dependencies: ["Template", "NginxSyntax", "Diagnostics"], swiftSettings: settings),
        .testTarget(name: "YAMLTests", dependencies: ["YAML", "Diagnostics"], swiftSettings: settings),
        .testTarget(
            name: "ManifestsTests",
            dependencies: ["Manifests", "YAML", "KubernetesModel", "Diagnostics"],
            swiftSettings: settings
        ),
        .testTarget(name: "TextDiffTests", dependencies: ["TextDiff"], swiftSettings: settings),
    ]
)
