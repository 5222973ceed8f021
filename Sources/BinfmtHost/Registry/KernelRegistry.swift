// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import CLinux
import Glibc
import SystemPackage

/// A mounted instance of binfmt_misc. Its directory stays open, because since Linux 6.7, and with Debian's 6.1, the
/// last unmount of an instance drops all its entries.
package final class KernelRegistry: Registry {
    package let path: FilePath
    let directory: Directory
    /// The `register` file, kept open from its first use, so that a registration costs one system call. It is not
    /// opened earlier, because closing a file that was open for writing raises an event in every program that watches
    /// the registry.
    private var register: FileDescriptor?
    /// The writes since the last observation; nil if they cannot be watched, so that everything is read each time.
    package private(set) var changes: RegistryChanges?
    /// The reason why they cannot be watched.
    package private(set) var watchFailure: Errno?
    /// The last observation; ``changes`` tells which entries are outdated.
    var last: ObservedState?
    /// What is known of the entries that readdir(3) does not list in matching order.
    var staged = StagedEntries()
    /// What the kernel has answered.
    private var answered: KernelFeatures?

    /// - Parameter path: its mount point; opening it triggers an automount.
    package init(at path: FilePath) throws(RegistryUnavailable) {
        self.path = path
        do { directory = try Directory(path) } catch {
            throw Self.unavailable(path, error)
        }
        var information = statfs()
        if fstatfs(directory.descriptor.rawValue, &information) != 0 { throw .failed(path, .last) }
        if information.f_type != BINFMTFS_MAGIC { throw .notMounted(path) }
    }

    deinit { try? register?.close() }

    /// Mounts an instance; the mount outlives this process.
    package static func mount(at path: FilePath) throws(RegistryUnavailable) {
        guard Glibc.mount("binfmt_misc", path.string, "binfmt_misc", 0, nil) != 0 else { return }
        let error = Errno.last
        // EBUSY: it is already mounted.
        if error != .resourceBusy { throw unavailable(path, error) }
    }

    private static func unavailable(_ path: FilePath, _ error: Errno) -> RegistryUnavailable {
        if error != .noSuchFileOrDirectory { return .failed(path, error) }
        return path.starts(with: "/proc") && access("/proc/self", F_OK) != 0 ? .noProc : .noModule(path)
    }

    /// Takes the lock that a program needs to change the table. Each instance has one lock, shared by all its mounts;
    /// it is released when this object is deallocated.
    ///
    /// - Returns: false while another program has it.
    /// - Throws: the errno if the lock cannot be tried, such as EACCES for anyone but root.
    package func lock() throws(Errno) -> Bool {
        let register = try openedRegister()
        if flock(register.rawValue, LOCK_EX | LOCK_NB) == 0 { return true }
        let error = Errno.last
        if error == .wouldBlock { return false }
        throw error
    }

    /// Makes the kernel record the writes from now on, unless it already does.
    package func watch() {
        if changes != nil { return }
        last = nil
        do {
            changes = try RegistryChanges(of: path)
            watchFailure = nil
        } catch { watchFailure = error }
    }

    // MARK: - Writing

    package func perform(_ writes: [KernelWrite]) -> (done: Int, error: Errno?) {
        var done = 0
        do throws(Errno) {
            while done < writes.count {
                let strings = writes[done...].registerStrings
                if strings.count > 1 { done += try register(strings) }
                let names = writes[done...].enabledNames
                if names.count > 1 { done += enable(names) }
                if done == writes.count { break }
                // A single write, so that the kernel's errno is about it.
                try write(writes[done])
                done += 1
            }
            return (done, nil)
        } catch { return (done, error) }
    }

    private static let enabling = [UInt8(ascii: "1")]
    private static let removal = Array("-1".utf8)

    private func write(_ write: KernelWrite) throws(Errno) {
        switch write {
        case .register(let string): try Self.write(string.bytes, to: openedRegister())
        case .unregister(let name): try self.write(Self.removal, toFile: name.bytes)
        case .bind(let name, let interpreter): try self.write(interpreter.binding, toFile: name.bytes)
        case .enable(let name): try self.write(Self.enabling, toFile: name.bytes)
        case .enableRegistry: try self.write(Self.enabling, toFile: Self.statusFile)
        }
    }

    package var features: KernelFeatures {
        if let answered { return answered }
        let asked = KernelFeatures(version: RunningKernel.version, answer: has)
        answered = asked
        return asked
    }

    /// - Returns: nil if this process may not ask.
    private func has(_ feature: KernelFeatures.Feature) -> Bool? {
        do {
            try Self.write(feature.question, to: openedRegister())
            return nil
        } catch {
            switch error {
            case .invalidArgument: return false
            case .fileExists, .noSuchFileOrDirectory: return true
            default: return nil
            }
        }
    }

    /// The number of parts that one writev(2) takes (`UIO_MAXIOV`).
    private static let maximumParts = 1024

    /// Registers several entries with one call: writev(2) makes one write of each part, until the kernel refuses one.
    ///
    /// - Returns: the number of entries that were registered.
    private func register(_ strings: [RegisterString]) throws(Errno) -> Int {
        let strings = strings.prefix(Self.maximumParts)
        var text: [UInt8] = []
        text.reserveCapacity(strings.reduce(0) { $0 + $1.bytes.count })
        for string in strings { text += string.bytes }
        let register = try openedRegister()
        let written = text.withUnsafeMutableBytes { text in
            var rest = text.baseAddress
            let parts = strings.map { string in
                defer { rest = rest.map { $0 + string.bytes.count } }
                return iovec(iov_base: rest, iov_len: string.bytes.count)
            }
            return writev(register.rawValue, parts, Int32(parts.count))
        }
        var end = 0
        return strings.prefix { string in
            end += string.bytes.count
            return end <= written
        }.count
    }

    /// Enables several entries, one right after another: their files are opened before.
    ///
    /// - Returns: the number of entries that were enabled.
    private func enable(_ names: [EntryName]) -> Int {
        // OwnedDescriptor cannot be copied, so that map(_:) does not take it.
        var files: [FileDescriptor] = []
        defer { for file in files { try? file.close() } }
        for name in names {
            guard let file = try? open(name.bytes, O_WRONLY) else { break }
            files.append(file.release())
        }
        var done = 0
        for file in files {
            do { try Self.write(Self.enabling, to: file) } catch { break }
            done += 1
        }
        return done
    }

    private func openedRegister() throws(Errno) -> FileDescriptor {
        if let register { return register }
        let opened = try open(Self.registerFile, O_WRONLY).release()
        register = opened
        return opened
    }

    private func write(_ bytes: [UInt8], toFile name: [UInt8]) throws(Errno) {
        let file = try open(name, O_WRONLY)
        try Self.write(bytes, to: file.descriptor)
    }

    /// Makes one write(2), because the kernel takes a string only as a whole.
    private static func write(_ bytes: [UInt8], to file: FileDescriptor) throws(Errno) {
        let count = try Errno.rethrowing { try bytes.withUnsafeBytes { try file.write($0) } }
        if count != bytes.count { throw .ioError }
    }

    // MARK: - Its files

    static let registerFile = Array("register".utf8)
    static let statusFile = Array("status".utf8)

    func open(_ name: [UInt8], _ flags: Int32) throws(Errno) -> OwnedDescriptor {
        let result = openat(directory.descriptor.rawValue, name.map { CChar(bitPattern: $0) } + [0], flags | O_CLOEXEC)
        return try OwnedDescriptor(checking: result)
    }
}

extension ArraySlice<KernelWrite> {
    /// The names of the leading entries to be enabled.
    fileprivate var enabledNames: [EntryName] { leading { if case .enable(let name) = $0 { name } else { nil } } }

    /// The register strings of the leading registrations.
    fileprivate var registerStrings: [RegisterString] {
        leading { if case .register(let string) = $0 { string } else { nil } }
    }

    /// What is found in the first writes, up to the first without it.
    private func leading<Part>(_ part: (KernelWrite) -> Part?) -> [Part] {
        var parts: [Part] = []
        for write in self {
            guard let part = part(write) else { break }
            parts.append(part)
        }
        return parts
    }
}
