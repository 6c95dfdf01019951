/// The cost of one size of cluster.
struct Measurement {
    var ingresses: Int
    var read = 0.0
    var translate = 0.0
    var render = 0.0
    /// Rendering again after one endpoint changed, with the parts of the last time at hand.
    var renderChange = 0.0
    var bytesPerIngress = 0
    var peakMemory = 0.0
    /// The time that nginx itself needs to parse the result.
    var nginxTest: Double?

    var perIngress: Double { (translate + render) / Double(ingresses) * 1_000_000 }
}
