/// The Ingresses that depend on each object.
///
/// Most objects have one dependent, which takes no memory of its own.
struct DependencyIndex {
    private enum Dependents {
        case one(IngressRoutes)
        case several([ObjectIdentifier: IngressRoutes])
    }

    private var dependents: [Dependency: Dependents] = [:]

    mutating func add(_ routes: IngressRoutes) {
        for dependency in routes.dependencies {
            switch dependents.removeValue(forKey: dependency) {
            case nil: dependents[dependency] = .one(routes)
            case .one(let other):
                dependents[dependency] = .several([
                    ObjectIdentifier(other): other, ObjectIdentifier(routes): routes,
                ])
            case .several(var all):
                all[ObjectIdentifier(routes)] = routes
                dependents[dependency] = .several(all)
            }
        }
    }

    mutating func remove(_ routes: IngressRoutes) {
        for dependency in routes.dependencies {
            switch dependents.removeValue(forKey: dependency) {
            case nil, .one: break
            case .several(var all):
                all[ObjectIdentifier(routes)] = nil
                if !all.isEmpty { dependents[dependency] = .several(all) }
            }
        }
    }

    /// The Ingresses that depend on one of these, each once or more often.
    func dependents(on changed: some Sequence<Dependency>) -> [IngressRoutes] {
        changed.flatMap { dependency in
            switch dependents[dependency] {
            case nil: [IngressRoutes]()
            case .one(let routes): [routes]
            case .several(let all): Array(all.values)
            }
        }
    }
}
