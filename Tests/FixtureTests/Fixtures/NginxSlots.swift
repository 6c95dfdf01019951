import Foundation
import TestSupport

/// How many tests may run an nginx at once.
enum NginxSlots {
    static let shared = Slots(ProcessInfo.processInfo.activeProcessorCount + 2)
}
