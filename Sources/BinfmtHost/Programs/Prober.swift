// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Executes small programs in a root directory that contains nothing else.
package final class Prober {
    private let root: EmptyRoot
    private let limit: Duration
    private let files = ProgramFiles()
    private let native = try? NativeProbe()
    /// Judges emulators: this user's own programs have no more rights than the user.
    private let resolver = PathResolver(trusting: geteuid())
    private let versions: EmulatorVersions

    /// The reason why no program can be executed.
    package struct Unavailable: Error, CustomStringConvertible {
        package let description: String
    }

    /// - Parameter limit: how long a program may take.
    package init(limit: Duration) throws(Unavailable) {
        self.limit = limit
        versions = EmulatorVersions(limit: limit)
        guard let root = EmptyRoot() else {
            throw Unavailable(
                description: "no temporary directory allows executing programs; set TMPDIR to one that does")
        }
        self.root = root
        do { if !Self.mayChangeRoot() { try UserNamespace.enter(withMounts: false) } } catch {
            throw Unavailable(description: "\(error)")
        }
    }

    /// Executes the program of one job in the empty root, and if that fails for lack of a file, also in this process's
    /// root.
    ///
    /// - Parameter registry: the kernel's table.
    package func test(_ job: ProbePlan.Job, _ registry: ObservedState) throws(Unavailable) -> ProbeFinding {
        // It would run with this process's rights.
        if case .success(let status) = job.entry.status, let path = status.interpreter {
            let hazard: Hazard?
            do { hazard = try resolver.hazard(of: path) } catch {
                throw Unavailable(description: "cannot look at \(path): \(error)")
            }
            if let hazard { return ProbeFinding(job.entry, architecture: job.architecture, hazard: hazard) }
        }
        let program = ProbeProgram(job.architecture).image
        let file = root.path.appending(job.architecture.name)
        do { try Self.write(program, to: file) } catch {
            throw Unavailable(description: "cannot write \(file): \(error)")
        }
        defer { _ = file.withPlatformString { unlink($0) } }

        let path = FilePath("/" + job.architecture.name)
        let prediction = Execution(path, in: world(path, program, registry))
        guard job.entry.isEnabled, let taker = prediction.entry, taker.name == job.entry.name else {
            return ProbeFinding(
                job.entry, architecture: job.architecture, prediction: prediction, run: nil, ownRun: nil)
        }
        let run = try seen(path.string, root: root.descriptor, taker)
        let ownRun = run.end == .refused(.noSuchFileOrDirectory) ? try seen(file.string, root: nil, taker) : nil
        return ProbeFinding(
            job.entry, architecture: job.architecture, prediction: prediction, run: run, ownRun: ownRun)
    }

    /// The empty root, as ``Execution`` sees it.
    private func world(_ path: FilePath, _ program: [UInt8], _ registry: ObservedState) -> Execution.World {
        let file = ProgramFile(header: Array(program.prefix(MagicPattern.window)), size: program.count)
        return Execution.World(
            registry: registry, isNative: { [native] in native?.isNative($0) ?? false },
            lookUp: { $0 == path ? .found(file) : .failed(.noSuchFileOrDirectory) }, lookUpHeld: files.lookUp)
    }

    // MARK: - One execution

    /// A program that exits before it could be examined is executed again; on a busy host a small emulator may exit
    /// that fast several times.
    private func seen(_ path: String, root: FileDescriptor?, _ entry: Entry) throws(Unavailable) -> ProbeRun {
        var last = try run(path, root: root, entry)
        if entry.isHidden { return last }
        for _ in 0..<30 where last.isUnseen { last = try run(path, root: root, entry) }
        return last
    }

    private func run(_ path: String, root: FileDescriptor?, _ entry: Entry) throws(Unavailable) -> ProbeRun {
        var emulator: FileDescriptor?
        let start = Clock.monotonic()
        let spawn = try spawn(path, root) { emulator = Self.executable(of: $0) }
        let duration = Clock.monotonic() - start
        defer { try? emulator?.close() }
        let line = spawn.errors.split(separator: UInt8(ascii: "\n")).first.map { Array($0.prefix(100)).printable }
        return ProbeRun(
            end: spawn.end, errorLine: line, duration: duration,
            emulator: entry.isHidden ? nil : emulator.map { describe($0, entry.interpreter) })
    }

    private func spawn(
        _ path: String, _ root: FileDescriptor?, look: (pid_t) -> Void
    ) throws(Unavailable) -> Spawn {
        do { return try Spawn(path, [ProbeProgram.name], root: root, limit: limit, look: look) } catch {
            guard case .cannotPrepare(let error) = error else { throw Unavailable(description: "\(error)") }
            throw Unavailable(description: "cannot start a program in a chroot: \(error)")
        }
    }

    /// The executable of a process, held open because the process may exit at any moment. /proc may show the previous
    /// executable until the process has stopped, which happens when it leaves execve(2): its parent resumes in the
    /// middle of that call (exec_mmap() in fs/exec.c; observed on one processor).
    private static func executable(of process: pid_t) -> FileDescriptor? {
        if kill(process, SIGSTOP) == 0 {
            var stopped = siginfo_t()
            while waitid(P_PID, id_t(process), &stopped, WSTOPPED | WEXITED | WNOWAIT) < 0, Errno.last == .interrupted {
            }
        }
        defer { kill(process, SIGCONT) }
        return try? FileDescriptor.open("/proc/\(process)/exe", .readOnly, options: .closeOnExec)
    }

    private func describe(_ file: FileDescriptor, _ path: FilePath) -> Emulator {
        let held = (try? Stat(file)).map { FileIdentity($0) }
        let current = (try? Stat(path)).map { FileIdentity($0) }
        let version = versions.version(of: "/proc/self/fd/\(file.rawValue)", held)
        guard let current else { return Emulator(version: version, file: .gone) }
        let isCurrent = current == held
        return Emulator(
            version: version, file: isCurrent ? .current : .replaced(by: versions.version(of: path.string, current)))
    }

    private static func write(_ program: [UInt8], to path: FilePath) throws(Errno) {
        let file = try Errno.rethrowing {
            try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: [.ownerReadWriteExecute])
        }
        _ = try Errno.rethrowing { try file.closeAfter { try file.writeAll(program) } }
    }

    /// Whether this process may call chroot(2) (capabilities(7)).
    private static func mayChangeRoot() -> Bool {
        let changeRoot: UInt64 = 1 << 18
        guard let status = try? Files.read("/proc/self/status") else { return geteuid() == 0 }
        let line = status.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "CapEff:".utf8) }
        let digits = line.map { String(decoding: $0.dropFirst(7), as: UTF8.self).filter { !$0.isWhitespace } }
        return digits.flatMap { UInt64($0, radix: 16) }.map { $0 & changeRoot != 0 } ?? (geteuid() == 0)
    }
}

extension Entry {
    /// Whether /proc/PID/exe is the program and not the interpreter.
    fileprivate var isHidden: Bool { flags.contains(.transparent) || flags.contains(.loader) }
}

extension ProbeRun {
    /// Whether it exited by itself before its emulator was identified.
    fileprivate var isUnseen: Bool {
        guard emulator == nil else { return false }
        switch end {
        case .exited, .killed: return true
        case .refused, .timedOut: return false
        }
    }
}
