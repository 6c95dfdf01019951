import Commands
import Foundation
import NginxRendering
import NginxTestSupport
import TestSupport

extension Generation {
    /// What `nginx -t` says of the generation, with what this machine has in place of what it names.
    ///
    /// - Parameter program: Another nginx than the one of this machine.
    func tested(by program: Tool? = nil) async throws -> (isTaken: Bool, output: String) {
        try await NginxSlots.shared.use {
            try await TemporaryFolder.use { folder in
                try GenerationWriter.write(self, to: path(of: folder))
                let text = MachineText(configurationText).text
                try Data(text.utf8).write(to: folder.appending(path: "nginx.conf"))
                let (isTaken, output) = try await nginxTest(folder, by: program)
                return (isTaken, output)
            }
        }
    }
}
