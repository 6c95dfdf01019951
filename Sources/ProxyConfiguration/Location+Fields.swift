package import Diagnostics
package import Incremental

// Written out and not looked up: a key path that is made at run time costs more than all else of a field.
extension Location {
    package var path: PathMatch {
        _read { yield fields.value.path }
        set { fields.path = newValue }
    }

    package var origin: ObjectReference? {
        _read { yield fields.value.origin }
        set { fields.origin = newValue }
    }

    package var httpsRedirect: HTTPSRedirect? {
        _read { yield fields.value.httpsRedirect }
        set { fields.httpsRedirect = newValue }
    }

    package var action: Action {
        _read { yield fields.value.action }
        set { fields.action = newValue }
    }

    package var backendName: BackendName? {
        _read { yield fields.value.backendName }
        set { fields.backendName = newValue }
    }

    package var isLogged: Bool {
        _read { yield fields.value.isLogged }
        set { fields.isLogged = newValue }
    }

    package var isUnmatched: Bool {
        _read { yield fields.value.isUnmatched }
        set { fields.isUnmatched = newValue }
    }

    package var isPlain: Bool {
        _read { yield fields.value.isPlain }
        set { fields.isPlain = newValue }
    }

    package var policy: ByReference<LocationPolicy> {
        _read { yield fields.value.policy }
        set { fields.policy = newValue }
    }

    /// The same for copies of one location alone, as long as one is about.
    package var id: ObjectIdentifier { fields.id }
}
