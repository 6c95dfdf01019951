/// The text of one template, before anything is known about it.
package struct TemplateSource: Sendable, Hashable {
    /// The name of the template in `{% include "name" with … %}`.
    package var name: String
    /// The file as the user named it, for diagnostics.
    package var file: String
    package var text: String

    package init(name: String, file: String, text: String) {
        self.name = name
        self.file = file
        self.text = text
    }
}
