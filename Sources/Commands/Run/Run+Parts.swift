import ClusterReporting
import ClusterSource
import Daemon
import FolderSource
import Foundation
import IngressTranslation
import KubernetesClient
import KubernetesModel
import NginxControl
import NginxSyntax

/// The parts of the daemon, from the options.
extension Run {
    /// Throws for options that cannot be honoured, and for a state folder that is another's.
    ///
    /// - Parameter namespace: The namespace where the controller runs; `nil` outside of a cluster.
    func serving(
        _ plan: NginxPlan,
        _ nginx: ProvingNginx,
        in namespace: String?,
        _ journal: Journal
    ) throws -> ServingNginx {
        let namespace = namespace ?? ClassRules().controllerNamespace
        let readsManifests = source != nil
        let healthPort = watching.port(isInCluster: !readsManifests).flatMap { PortNumber(Int($0)) }
        let fallback = try FallbackCertificate.load(from: plan.state.current)
        let endpointPort = try translation.endpointPort(for: nginx.capabilities, staying: !once)
        do {
            return try ServingNginx(
                plan,
                provingWith: nginx.program,
                renderer: try rendering.renderer(for: nginx.capabilities),
                journal: journal,
                endpoints: endpointPort.map { EndpointDesk(port: $0) },
                killAt: killAt
            ) { [translation] in
                var settings = translation.settings(
                    fallbackCertificate: FallbackCertificate.renewed(fallback, from: plan.state.current),
                    now: Int64(Date().timeIntervalSince1970),
                    assumesMissingObjects: false,
                    readsManifests: readsManifests,
                    controllerNamespace: namespace
                )
                settings.capabilities = nginx.capabilities
                settings.reservedPorts = Set([healthPort, endpointPort].compactMap(\.self))
                return settings
            }
        } catch let error as StateFolderError {
            throw CommandFailure("\(error)")
        }
    }

    /// The folder of manifests; the state folder keeps the last good texts of files that are bad.
    func folder(_ path: String, keepingIn state: StateFolder) throws(CommandFailure) -> FolderSource {
        do throws(FolderSourceError) {
            return try FolderSource(folder: path, keepingIn: state.kept, secrets: translation.namedSecrets)
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    /// - Parameter namespace: The namespace where the controller runs.
    func clusterSettings(in namespace: String) -> ClusterSettings {
        var settings = ClusterSettings(electionID: reporting.electionID, addresses: reporting.addressSource)
        settings.scope = ClusterScope(
            namespace: cluster.watchNamespace,
            namespaceSelector: cluster.watchNamespaceSelector
        )
        settings.names = translation.namedObjects(in: namespace)
        settings.reports = !once
        settings.reportsInternalAddresses = reporting.reportsNodeInternalAddress
        settings.election = reporting.election
        settings.updatesStatus = reporting.updateStatus
        settings.reportsLive = !reporting.disableSyncEvents
        settings.clearsStatusAtEnd = reporting.updateStatusOnShutdown
        settings.statusInterval = reporting.statusUpdateInterval.duration
        return settings
    }
}

extension ClusterAccess {
    /// Throws where it is not known how to reach an API server.
    init(_ options: ClusterOptions) throws(CommandFailure) {
        do throws(ConfigurationError) {
            let configuration = try ClusterConfiguration.load(
                kubeconfig: options.kubeconfig,
                context: options.context,
                server: options.apiserverHost
            )
            self.init(configuration, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}

extension ReportingOptions {
    fileprivate var addressSource: PublishedAddresses.Source {
        if let publishStatusAddress { return .fixed(publishStatusAddress.addresses) }
        return publishService.map { .service($0) } ?? .nodes
    }
}
