// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

/// Resolves paths as the kernel does (path_resolution(7)), with one lstat(2) per file. Each look at the host uses one
/// resolver, so that all its decisions are about the same moment.
///
/// It works on bytes, because splitting a `FilePath` is ten times as slow.
final class PathResolver {
    private var known: [Bytes: ResolvedPath] = [:]
    private let root = ResolvedPath([slash], Result { () throws(Errno) in try Stat("/") }, in: nil)

    private static let slash = UInt8(ascii: "/")

    /// The number of links that the kernel follows in one path (`MAXSYMLINKS`).
    private static let maximumHops = 40

    /// A path as a key, hashed as a whole.
    private struct Bytes: Hashable {
        let bytes: [UInt8]

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
    }

    /// - Parameter path: an absolute one.
    func resolve(_ path: FilePath) -> ResolvedPath { resolve(path.bytes, hops: 0) }

    /// - Parameter hops: the number of links that were followed to reach the path.
    private func resolve(_ path: [UInt8], hops: Int) -> ResolvedPath {
        if let known = known[Bytes(path)] { return known }
        // Most files share a directory, so that only the last component is new.
        if let end = path.lastIndex(of: Self.slash), end > 0, let parent = known[Bytes(Array(path[..<end]))] {
            return keep(find(path[(end + 1)...], in: parent, hops: hops), path)
        }
        // One component at a time, not recursively, because a link may have thousands.
        var found = root
        var place: [UInt8] = []
        for component in path.split(separator: Self.slash) {
            place.append(Self.slash)
            place += component
            found = known[Bytes(place)] ?? keep(find(component, in: found, hops: hops), place)
        }
        return found
    }

    private func keep(_ found: ResolvedPath, _ path: [UInt8]) -> ResolvedPath {
        // A failure from too many links is not cached: part of the path may have few enough.
        if case .failure(.tooManySymbolicLinkLevels) = found.stat { return found }
        known[Bytes(path)] = found
        return found
    }

    private func find(_ name: ArraySlice<UInt8>, in way: ResolvedPath, hops: Int) -> ResolvedPath {
        let directory = way.end
        // A component that is missing or cannot be entered ends the path.
        guard case .success(let stat) = directory.own else { return way }
        if name.isEmpty || name.elementsEqual(".".utf8) { return way }
        let location = directory.bytes(of: name)
        if stat.type != .directory { return ResolvedPath(location, .failure(.notDirectory), in: way) }
        if name.elementsEqual("..".utf8) { return ResolvedPath(above: way, directory.directory ?? root) }
        let own = location.withCString { path in
            Result { () throws(Errno) in try Stat(path, followTargetSymlink: false) }
        }
        guard case .success(let found) = own, found.type == .symbolicLink else {
            return ResolvedPath(location, own, in: way)
        }
        let target = follow(location, from: directory, way, hops: hops + 1)
        return ResolvedPath(location, own, in: way, target: target)
    }

    private func follow(
        _ link: [UInt8], from directory: ResolvedPath, _ way: ResolvedPath, hops: Int
    ) -> ResolvedPath {
        func fail(_ error: Errno) -> ResolvedPath { ResolvedPath(link, .failure(error), in: way) }
        if hops > Self.maximumHops { return fail(.tooManySymbolicLinkLevels) }
        do {
            let target = try Self.readLink(link)
            return resolve(target.first == Self.slash ? target : directory.bytes(of: target[...]), hops: hops)
        } catch { return fail(error) }
    }

    private static func readLink(_ path: [UInt8]) throws(Errno) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = path.withCString { readlink($0, &buffer, buffer.count) }
        if count < 0 { throw .last }
        return buffer.prefix(count).map { UInt8(bitPattern: $0) }
    }
}

extension [UInt8] {
    /// Calls a C function with these bytes and a terminating NUL.
    fileprivate func withCString<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
        var text = self
        text.append(0)
        return text.withUnsafeBufferPointer { bytes in
            guard let address = bytes.baseAddress else { preconditionFailure("an array of a NUL at least is empty") }
            return address.withMemoryRebound(to: CChar.self, capacity: bytes.count) { body($0) }
        }
    }
}
