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
    dependencies: [],
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
