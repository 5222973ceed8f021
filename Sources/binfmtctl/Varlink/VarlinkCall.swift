// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// A call as a client sends it (varlink.org, "Method Call").
struct VarlinkCall: Decodable {
    let method: String
    let more: Bool
    let oneway: Bool
    private let parameters: VarlinkParameters

    private enum CodingKeys: CodingKey { case method, more, oneway, parameters }

    /// - Throws: if the text is no call. Varlink has no error for that.
    init(parsing text: [UInt8]) throws { self = try JSONDecoder().decode(VarlinkCall.self, from: Data(text)) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        method = try container.decode(String.self, forKey: .method)
        more = try container.decodeIfPresent(Bool.self, forKey: .more) ?? false
        oneway = try container.decodeIfPresent(Bool.self, forKey: .oneway) ?? false
        parameters =
            try container.decodeIfPresent(VarlinkParameters.self, forKey: .parameters) ?? VarlinkParameters()
    }

    /// The interface of the method, and the method's own name.
    var names: (interface: Substring, method: Substring) {
        guard let dot = method.lastIndex(of: ".") else { return ("", method[...]) }
        return (method[..<dot], method[method.index(after: dot)...])
    }

    /// The parameter `names`, which may be missing.
    func requestedNames() throws(VarlinkError) -> [String] {
        try parameters.check(["names"])
        return parameters.names ?? []
    }

    /// The parameter `interface`.
    func interface() throws(VarlinkError) -> String {
        try parameters.check(["interface"])
        guard let interface = parameters.interface else { throw .invalidParameter("interface") }
        return interface
    }

    func checkNoParameters() throws(VarlinkError) { try parameters.check([]) }
}

/// The parameters of all methods.
private struct VarlinkParameters: Decodable {
    private(set) var names: [String]?
    private(set) var interface: String?
    /// The names of those that have a value, and of those whose value has a wrong type.
    private var given: [String] = []
    private var mistyped: Set<String> = []

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys where try !container.decodeNil(forKey: key) {
            given.append(key.stringValue)
            do {
                switch key.stringValue {
                case "names": names = try container.decode([String].self, forKey: key)
                case "interface": interface = try container.decode(String.self, forKey: key)
                default: break
                }
            } catch { mistyped.insert(key.stringValue) }
        }
    }

    /// - Parameter allowed: the parameters that a method takes.
    func check(_ allowed: Set<String>) throws(VarlinkError) {
        if let wrong = given.sorted().first(where: { !allowed.contains($0) || mistyped.contains($0) }) {
            throw .invalidParameter(wrong)
        }
    }
}
