// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The part of JSON Schema that the files in schema use, of draft 7 and of 2020-12. An unknown keyword is an error, so that no
/// constraint is silently ignored.
package struct JSONSchema {
    private let root: JSONValue

    package init(_ text: String) throws { root = try JSONValue(parsing: text) }

    /// The schema of a file in schema.
    package init(published file: String) throws {
        let path = Fixtures.repository.appending(path: "schema/\(file)")
        try self.init(String(contentsOf: path, encoding: .utf8))
    }

    private init(root: JSONValue) { self.root = root }

    /// The same schema, which also rejects members that it does not define. The published one accepts them, so that
    /// readers keep working when members are added; the programs must not print them.
    package var strict: JSONSchema { JSONSchema(root: Self.closed(root)) }

    private static func closed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map(closed))
        case .object(var members):
            members = members.mapValues(closed)
            if members["properties"]?.object != nil { members["additionalProperties"] = .boolean(false) }
            return .object(members)
        default: return value
        }
    }

    /// The values of an `enum`, by the path of keywords and members to it.
    package func vocabulary(at path: String) -> [JSONValue]? {
        var value: JSONValue? = root["$defs"]
        for name in path.split(separator: "/") {
            let element = Int(name).flatMap { index in value?.array?.dropFirst(index).first }
            value = element ?? value?[String(name)]
        }
        return value?["enum"]?.array
    }

    /// The names of its definitions, and of those that a document may be.
    package var definitions: Set<String> { Set(root["$defs"]?.object?.keys ?? [:].keys) }
    package var documents: Set<String> {
        Set(
            (root["anyOf"]?.array ?? []).compactMap {
                $0["$ref"]?.string.map { String($0.dropFirst(Self.local.count)) }
            })
    }

    private static let local = "#/$defs/"

    /// The errors in a value, with their places; empty if it is valid.
    package func problems(_ value: JSONValue, as definition: String) -> [String] {
        guard let schema = root["$defs"]?[definition] else { return ["there is no definition '\(definition)'"] }
        return check(value, schema, at: definition)
    }

    /// The errors in a value, under the schema as a whole.
    package func problems(_ value: JSONValue) -> [String] { check(value, root, at: "") }

    /// The keyword at a path of keywords and members from the root on.
    package func keyword(_ path: String...) -> JSONValue? {
        path.reduce(root) { value, name in value?[name] }
    }

    private func check(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        guard let keywords = schema.object else { return ["\(place): \(schema) is no schema"] }
        return keywords.sorted { $0.key < $1.key }.flatMap { keyword, operand in
            check(value, keyword, operand, keywords, at: place)
        }
    }

    private func check(
        _ value: JSONValue, _ keyword: String, _ operand: JSONValue, _ schema: [String: JSONValue], at place: String
    ) -> [String] {
        switch (keyword, operand, value) {
        case ("description", .string, _), ("examples", .array, _), ("default", _, _), ("title", .string, _),
            ("$schema", .string, _), ("x-tombi-toml-version", .string, _):
            return []
        case ("$ref", .string(let name), _):
            guard name.hasPrefix(Self.local), let target = root["$defs"]?[String(name.dropFirst(Self.local.count))]
            else {
                return ["\(place): nothing is at \(name)"]
            }
            return check(value, target, at: place)
        case ("oneOf", .array(let schemas), _):
            let problems = schemas.map { check(value, $0, at: place) }
            let matches = problems.count(where: \.isEmpty)
            return matches == 1 ? [] : ["\(place): \(matches) of \(schemas.count) match"] + problems.joined()
        case ("anyOf", .array(let schemas), _):
            let problems = schemas.map { check(value, $0, at: place) }
            return problems.contains([]) ? [] : ["\(place): none of \(schemas.count) matches"] + problems.joined()
        case ("not", _, _): return check(value, operand, at: place).isEmpty ? ["\(place): \(operand) matches"] : []
        case ("dependencies", .object(let schemas), .object(let members)):
            return schemas.keys.filter { members[$0] != nil }.sorted().flatMap { key -> [String] in
                if case .array = schemas[key] {
                    return check(value, "required", schemas[key] ?? operand, schema, at: place)
                }
                return schemas[key].map { check(value, $0, at: place) } ?? []
            }
        case ("propertyNames", _, .object(let members)):
            return members.keys.sorted().flatMap { check(.string($0), operand, at: "\(place).\($0)") }
        case ("additionalProperties", .object, .object(let members)):
            let known = schema["properties"]?.object ?? [:]
            return members.keys.filter { known[$0] == nil }.sorted().flatMap { name in
                members[name].map { check($0, operand, at: "\(place).\(name)") } ?? []
            }
        case ("minItems", .integer(let limit), .array(let values)):
            return values.count >= limit ? [] : ["\(place): \(values.count) items are less than \(limit)"]
        case ("maxProperties", .integer(let limit), .object(let members)):
            return members.count > limit ? ["\(place): more than \(limit) members"] : []
        case ("maxItems", .integer(let limit), .array(let values)):
            return values.count <= limit ? [] : ["\(place): \(values.count) items are more than \(limit)"]
        case ("minLength", .integer(let limit), .string(let text)):
            return text.unicodeScalars.count >= limit ? [] : ["\(place): '\(text)' is too short"]
        case ("maxLength", .integer(let limit), .string(let text)):
            return text.unicodeScalars.count <= limit ? [] : ["\(place): '\(text)' is too long"]
        case ("const", _, _): return operand == value ? [] : ["\(place): \(value) is not \(operand)"]
        case ("enum", .array(let values), _):
            return values.contains(value) ? [] : ["\(place): \(value) is none of \(values)"]
        case ("type", .string(let name), _): return value.typeName == name ? [] : ["\(place): \(value) is no \(name)"]
        case ("type", .array(let names), _):
            return names.contains(.string(value.typeName)) ? [] : ["\(place): \(value) is none of \(names)"]
        case ("required", .array(let names), .object(let members)):
            return names.compactMap(\.string).filter { members[$0] == nil }.map { "\(place): there is no \($0)" }
        case ("properties", .object(let schemas), .object(let members)):
            return members.sorted { $0.key < $1.key }.flatMap { name, member in
                schemas[name].map { check(member, $0, at: "\(place).\(name)") } ?? []
            }
        case ("additionalProperties", .boolean(false), .object(let members)):
            let known = schema["properties"]?.object ?? [:]
            return members.keys.filter { known[$0] == nil }.sorted().map { "\(place): \($0) is unknown" }
        case ("items", .object, .array(let values)):
            return values.enumerated().flatMap { check($1, operand, at: "\(place)[\($0)]") }
        case ("pattern", .string(let pattern), .string(let text)):
            guard let expression = try? Regex(pattern) else { return ["\(place): \(pattern) is no pattern"] }
            return text.contains(expression) ? [] : ["\(place): '\(text)' does not match \(pattern)"]
        case ("minimum", .integer(let limit), .integer(let number)):
            return number >= limit ? [] : ["\(place): \(number) is less than \(limit)"]
        case ("maximum", .integer(let limit), .integer(let number)):
            return number <= limit ? [] : ["\(place): \(number) is more than \(limit)"]
        // A value of a type that a keyword does not apply to is valid.
        case ("required", .array, _), ("properties", .object, _), ("additionalProperties", .boolean(false), _),
            ("items", .object, _), ("pattern", .string, _), ("minimum", .integer, _), ("maximum", .integer, _),
            ("dependencies", .object, _), ("propertyNames", .object, _), ("additionalProperties", .object, _),
            ("minItems", .integer, _), ("maxItems", .integer, _), ("maxProperties", .integer, _),
            ("minLength", .integer, _),
            ("maxLength", .integer, _):
            return []
        default: return ["\(place): the validator does not know \(keyword): \(operand)"]
        }
    }
}
