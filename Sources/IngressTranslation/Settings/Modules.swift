/// Settings for code that stock nginx does not run.
enum Modules {
    static let settings: [Setting] = [
        .unsupported("lua-shared-dicts", because: .lua, from: .global, "Sets the sizes of Lua's memory.")
    ]
}
