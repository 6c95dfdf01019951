/// A value that is passed on by reference, and replaced as a whole when it changes.
///
/// For large values that stand in long lists of which a few elements change at a time: to copy such a list costs one
/// count for each element, and an element that has not changed is known for it at a glance.
///
/// Its fields read and write as those of the value do. Where that happens for each of many, ``value`` is
/// faster: a key path is made anew each time.
@dynamicMemberLookup
public struct ByReference<Value: Sendable>: Sendable {
    @usableFromInline
    final class Storage: Sendable {
        @usableFromInline let value: Value

        @inlinable
        init(_ value: Value) { self.value = value }
    }

    @usableFromInline var storage: Storage

    @inlinable
    public init(_ value: Value) { storage = Storage(value) }

    /// Lent, so that to read one field copies no other.
    @inlinable
    public var value: Value {
        _read { yield storage.value }
        set { storage = Storage(newValue) }
    }

    @inlinable
    public subscript<Member>(dynamicMember member: KeyPath<Value, Member>) -> Member { storage.value[keyPath: member] }

    @inlinable
    public subscript<Member>(dynamicMember member: WritableKeyPath<Value, Member>) -> Member {
        get { storage.value[keyPath: member] }
        set {
            var changed = storage.value
            changed[keyPath: member] = newValue
            storage = Storage(changed)
        }
    }

    /// Whether both are copies of one, which are equal without a look at the value.
    @inlinable
    public func isCopy(of other: Self) -> Bool { storage === other.storage }

    /// The same for copies of one alone, as long as one of them is about.
    @inlinable
    public var id: ObjectIdentifier { ObjectIdentifier(storage) }
}

extension ByReference: Equatable where Value: Equatable {
    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        left.isCopy(of: right) || left.value == right.value
    }
}

extension ByReference: Hashable where Value: Hashable {
    @inlinable
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
