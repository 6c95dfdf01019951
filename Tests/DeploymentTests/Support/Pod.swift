import ControlPlaneTestSupport
import Foundation
import NginxTestSupport
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The Deployment's Pod without a cluster's nodes: its two containers as processes of this machine.
///
/// They run by the words of the manifest, as its user without any capability, on a root file system that is read-only,
/// with the Pod's volumes in their places, processes of their own, and the ports 80 and 443 of this network. The images
/// are this machine's file system: Debian's nginx keeps its temporary files below `/var/lib/nginx`, not
/// `/var/cache/nginx`, and Postern's `/tmp` is `/var/lib/proof`.
struct Pod: Sendable {
    private let logFile: String

    /// The output of both containers.
    var log: String {
        FileManager.default.contents(atPath: logFile).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Runs the Pod while `body` runs; afterwards nothing of it is left.
    static func run(
        _ deployment: AppliedDeployment,
        on plane: ControlPlane,
        body: (Pod) async throws -> Void
    ) async throws {
        // Only in a network of the tests' own: the Pod takes well-known ports, and changes a setting of the network.
        _ = try EndpointAddress.unique()
        let nginx = try #require(deployment.container("nginx")), postern = try #require(deployment.container("postern"))
        try await TemporaryFolder.use { folder in
            try await writeAccount(of: plane, to: folder)
            let pod = Pod(logFile: folder.appending(path: "log").path)
            let namespaces = ["--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
            let words =
                [folder.path, "\(plane.port)", try Tool(built: "postern").folder, nginx.args[0]]
                // As the kubelet fills them in.
                + postern.args.map { $0.replacing("$(POD_NAMESPACE)", with: "postern") }
            _ = try await Subprocess.run(
                .path(FilePath(try Tool("unshare").url.path)),
                arguments: Arguments(namespaces + ["--", "/bin/bash", "-c", script, "pod"] + words),
                platformOptions: .killed,
                input: .none,
                output: .fileDescriptor(try pod.openLog(), closeAfterSpawningProcess: true),
                error: .fileDescriptor(try pod.openLog(), closeAfterSpawningProcess: true)
            ) { execution in
                // Its first process takes all others along.
                try await ProcessGroupGuard.run(over: execution.processIdentifier.value) { try await body(pod) }
            }.closureResult
        }
    }

    /// Writes what a kubelet mounts for a service account.
    private static func writeAccount(of plane: ControlPlane, to folder: URL) async throws {
        let files = [
            "token": try await plane.token(serviceAccount: "postern", in: "postern"),
            "ca.crt": try String(contentsOfFile: plane.authority, encoding: .utf8),
            "namespace": "postern",
        ]
        for (name, text) in files {
            let file = folder.appending(path: name).path
            let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
            try #require(
                FileManager.default.createFile(atPath: file, contents: Data(text.utf8), attributes: attributes)
            )
        }
    }

    /// Runs a command in nginx's container, as its user.
    func execute(_ command: String) async throws -> Tool.Outcome {
        let master = try #require(Self.nginxMaster, "nginx does not run")
        return try await Tool("nsenter").run([
            "--target", "\(master)", "--mount", "--pid", "--", "setpriv", "--reuid", "101", "--regid", "101",
            "--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--", "/bin/sh", "-c", command,
        ])
    }

    /// The master's number among this machine's processes.
    static var nginxMaster: Int32? {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { Int32($0) }.first { process in
            let bytes = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            let title = String(decoding: bytes, as: UTF8.self)
            return title.hasPrefix("nginx: master process") && title.contains(" /var/lib/postern/current/nginx.conf")
        }
    }

    private func openLog() throws -> FileDescriptor {
        try .open(FilePath(logFile), .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
    }

    private static let script = #"""
        set -e
        input=$1 port=$2 programs=$3 nginx=$4
        shift 4
        mount --make-rprivate /
        echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
        mount -t tmpfs -o mode=755 tmpfs /var/lib
        mkdir -m 2777 /var/lib/postern /var/lib/proof /var/lib/nginx
        mount -t tmpfs -o mode=755 tmpfs /run
        account=/run/secrets/kubernetes.io/serviceaccount
        mkdir -p "$account" /run/programs
        install -m 440 -g 101 "$input/token" "$input/ca.crt" "$input/namespace" "$account"
        mount --bind "$programs" /run/programs
        mount -o remount,bind,ro /
        unprivileged=(
            setpriv --reuid 101 --regid 101 --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs --
            env -i "PATH=$PATH:/usr/sbin" POD_NAME=postern-0 POD_NAMESPACE=postern POD_UID=0
        )
        # A container runtime gives the standard streams to the container's user, who opens them by name.
        own() { chown 101 /proc/self/fd/1; exec "$@"; }
        {
            # Without a token.
            own unshare --mount sh -c 'mount -t tmpfs tmpfs /run/secrets && exec "$@"' sh \
                "${unprivileged[@]}" sh -c "$nginx" 2>&1 | cat
        } &
        own "${unprivileged[@]}" TMPDIR=/var/lib/proof KUBERNETES_SERVICE_HOST=127.0.0.1 KUBERNETES_SERVICE_PORT="$port" \
            /run/programs/postern "$@" 2>&1 | cat
        wait
        """#
}

extension PlatformOptions {
    /// A test that fails kills the process at once.
    fileprivate static var killed: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = []
        return options
    }
}
