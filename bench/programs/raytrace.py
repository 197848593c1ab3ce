"""A ray tracer: vectors with operator methods, spheres and planes, shadows and reflections."""
from math import sqrt


class Vector:
    __slots__ = ('x', 'y', 'z')

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self):
        return self * (1.0 / sqrt(self.dot(self)))

    def reflect(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Ray:
    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction.unit()

    def at(self, t):
        return self.origin + self.direction * t


class Sphere:
    def __init__(self, centre, radius, colour, mirror):
        self.centre = centre
        self.radius = radius
        self.colour = colour
        self.mirror = mirror

    def hit(self, ray):
        to = self.centre - ray.origin
        along = to.dot(ray.direction)
        inside = self.radius * self.radius - to.dot(to) + along * along
        return None if inside < 0.0 else along - sqrt(inside)

    def normal(self, point):
        return (point - self.centre).unit()

    def colour_at(self, point):
        return self.colour


class Floor:
    mirror = 0.1

    def __init__(self, height):
        self.height = height

    def hit(self, ray):
        if abs(ray.direction.y) < 1e-9:
            return None
        return (self.height - ray.origin.y) / ray.direction.y

    def normal(self, point):
        return Vector(0.0, 1.0, 0.0)

    def colour_at(self, point):
        return Vector(1.0, 1.0, 1.0) if (int(point.x + 100) + int(point.z + 100)) % 2 else Vector(0.2, 0.2, 0.2)


class Scene:
    def __init__(self):
        self.objects = []
        self.lights = []

    def nearest(self, ray):
        best = None
        for thing in self.objects:
            t = thing.hit(ray)
            if t is not None and t > 1e-6 and (best is None or t < best[0]):
                best = (t, thing)
        return best

    def shaded(self, point, light):
        ray = Ray(point, light - point)
        for thing in self.objects:
            t = thing.hit(ray)
            if t is not None and t > 1e-6:
                return True
        return False

    def trace(self, ray, depth=0):
        found = self.nearest(ray)
        if found is None:
            return Vector(0.3, 0.4, 0.6)
        t, thing = found
        point = ray.at(t)
        normal = thing.normal(point)
        brightness = 0.1
        for light in self.lights:
            if not self.shaded(point, light):
                brightness += max(0.0, normal.dot((light - point).unit()))
        colour = thing.colour_at(point) * brightness
        if depth < 3 and thing.mirror:
            seen = self.trace(Ray(point, ray.direction.reflect(normal)), depth + 1)
            colour = colour * (1.0 - thing.mirror) + seen * thing.mirror
        return colour


def run(n):
    scene = Scene()
    scene.lights.append(Vector(20.0, 30.0, -10.0))
    scene.lights.append(Vector(-10.0, 20.0, -20.0))
    scene.objects.append(Floor(-1.0))
    for i in range(6):
        scene.objects.append(Sphere(Vector(i * 1.5 - 4.0, i % 2 * 1.2, 4.0 + i), 0.8, Vector(i / 6, 0.5, 1 - i / 6), 0.3))
    eye = Vector(0.0, 0.8, -6.0)
    total = 0
    for y in range(n):
        for x in range(n):
            c = scene.trace(Ray(eye, Vector(x / n - 0.5, 0.5 - y / n, 1.0)))
            for part in (c.x, c.y, c.z):
                total += min(255, int(part * 255))
    return total


print(run(190))
