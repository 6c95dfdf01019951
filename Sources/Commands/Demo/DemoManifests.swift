/// The manifests of `postern demo`, which are compiled into the program as they stand beside this file.
enum DemoManifests {
    /// File name and text of each.
    static let all: [(name: String, text: String)] = [
        ("fanout.yaml", PackageResources.fanout_yaml),
        ("rewrite.yaml", PackageResources.rewrite_yaml),
        ("services.yaml", PackageResources.services_yaml),
        ("tls.yaml", PackageResources.tls_yaml),
        ("virtual-hosts.yaml", PackageResources.virtual_hosts_yaml),
    ].map { ($0, String(decoding: $1, as: UTF8.self)) }
}
