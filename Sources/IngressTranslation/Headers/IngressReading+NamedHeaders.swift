import Diagnostics
import KubernetesModel

extension IngressReading {
    /// Reads the headers in a ConfigMap that an annotation names; `nil`, with a finding, where it cannot be used.
    ///
    /// - Parameters:
    ///   - key: The whole key of the annotation.
    ///   - unnamed: The finding where the annotation names no ConfigMap that the Ingress may use.
    ///   - consequence: The end of a finding's sentence where there are no headers.
    ///   - none: The headers of a ConfigMap that is taken for empty.
    mutating func headers<Headers>(
        inConfigMap text: String,
        namedBy key: String,
        unnamed: Diagnostic,
        consequence: String,
        none: Headers,
        _ read: (ConfigMap) throws(ValueError) -> Headers
    ) -> Headers? {
        guard let name = ingress.objectName(text) else {
            diagnostics.append(unnamed)
            return nil
        }
        let map: ConfigMap
        do throws(ObjectAbsence) {
            map = try configMap(name)
        } catch {
            diagnostics.append(
                ingress.finding(
                    error,
                    ofConfigMap: name,
                    at: key,
                    consequence: consequence,
                    assumption: "it is taken for empty"
                )
            )
            return error == .assumed ? none : nil
        }
        do throws(ValueError) {
            return try read(map)
        } catch {
            diagnostics.append(
                ingress.finding(
                    .error,
                    "configmap-invalid",
                    "ConfigMap '\(name)' cannot be used for headers: \(error.reason); \(consequence)",
                    at: "metadata.annotations[\(key)]"
                )
            )
            return nil
        }
    }
}
