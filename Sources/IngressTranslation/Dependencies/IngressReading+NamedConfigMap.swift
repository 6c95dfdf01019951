import Diagnostics
import KubernetesModel

extension IngressReading {
    /// Reads a ConfigMap that an annotation names; `nil`, with a finding, where it cannot be used.
    ///
    /// - Parameters:
    ///   - reach: The ConfigMaps that it may name.
    ///   - key: The whole key of the annotation.
    ///   - unnamed: The finding where the annotation names no ConfigMap that the Ingress may use.
    ///   - purpose: What it is to hold, as in `headers`.
    ///   - consequence: The end of a finding's sentence where it holds none.
    ///   - none: What a ConfigMap comes to that is taken for empty.
    mutating func content<Content>(
        ofConfigMap text: String,
        within reach: NamespaceReach,
        namedBy key: String,
        for purpose: String,
        unnamed: Diagnostic,
        consequence: String,
        none: Content,
        _ read: (ConfigMap) throws(ValueError) -> Content
    ) -> Content? {
        guard let name = ingress.objectName(text, within: reach) else {
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
                    "ConfigMap '\(name)' cannot be used for \(purpose): \(error.reason); \(consequence)",
                    at: "metadata.annotations[\(key)]"
                )
            )
            return nil
        }
    }
}
