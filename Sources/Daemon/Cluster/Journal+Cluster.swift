import ClusterReporting
import ClusterSource
import Diagnostics
import KubernetesClient
import Logging
import Monitoring

/// The log entries about a cluster.
extension Journal {
    /// Tells what is unwise about the way to the API server.
    package func log(_ access: ClusterAccess) {
        for warning in access.configuration.warnings {
            log(.warning, "\(warning.message) [\(warning.code)]\(warning.hint.map { "; hint: \($0)" } ?? "")")
        }
    }

    func log(_ change: ClusterConnectionChange) {
        switch change {
        case .undiscovered(let error): log(.error, "\(error); what serves keeps serving")
        case .failing(let resource, let error):
            log(.error, "\(resource.plural) cannot be read: \(error); what is known of them still counts")
        case .stillFailing(let resource, let error): log(.debug, "\(resource.plural) cannot be read: \(error)")
        case .recovered(let resource): log(.notice, "\(resource.plural) can be read again")
        case .relisted(let resource): log(.info, "\(resource.plural) were read anew")
        case .complete: log(.notice, "the cluster's state is known")
        }
    }

    func log(_ change: LeaderElector.Change) {
        switch change {
        case .leads: log(.notice, "this replica leads: it writes status and events")
        case .follows(let leader?): log(.notice, "\(leader.printable) leads")
        case .follows(nil): log(.notice, "this replica no longer leads")
        case .failed(let error): log(.error, "no leader can be agreed on: \(error)")
        }
    }

    func log(_ failure: ClusterReporter.Failure) {
        switch failure {
        case .addresses(let error): log(.error, "where Ingresses are reached cannot be found out: \(error)")
        case .noAddress: log(.notice, "there is no address yet to write into the status of Ingresses")
        case .status(let count, let error):
            log(.error, "the status of \(count) Ingress\(count == 1 ? "" : "es") cannot be written: \(error)")
        case .events(let error): log(.warning, "an event cannot be told: \(error)")
        }
    }
}

extension ControllerMetrics {
    func note(_ change: ClusterConnectionChange) {
        switch change {
        case .failing(let resource, let error), .stillFailing(let resource, let error):
            noteWatchRestart(of: resource.plural, because: error.word)
        case .relisted(let resource): noteWatchRestart(of: resource.plural, because: "relisted")
        case .undiscovered, .recovered, .complete: break
        }
    }
}
